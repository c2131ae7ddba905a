import {Markup} from "@web/../lib/hoot/hoot_utils";

// What Hoot adds to a failed comparison, it cannot print without its page: it stops in
// the midst of the run, and nobody learns which test failed.
Markup.diff = () => [];

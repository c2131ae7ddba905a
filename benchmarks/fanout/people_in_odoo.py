# Run in Odoo's shell, once per database: makes users, a session for each, and where the
# addon is installed a record and rules that are switched on and off later.
import json

from odoo.http import get_default_session, root

MODEL = "amanat.test.realtime"
# everybody may read the record (it is not cancelled), for reasons of their own
RULES = {
    "ten": "['|', ('color', '=', user.id % 10), ('state', '!=', 'cancelled')]",
    "user": "['|', ('user_id', '=', user.id), ('state', '!=', 'cancelled')]",
}


def main(env, count):
    # no passwords: hashing them takes longer than all the rest
    users = env["res.users"].create(
        [
            {
                "name": f"Watcher {number}",
                "login": f"watcher{number}",
                "group_ids": [(6, 0, env.ref("base.group_user").ids)],
            }
            for number in range(count)
        ]
    )
    made = {"record": None, "rules": {}}
    if MODEL in env:
        made["record"] = env[MODEL].create({"name": "benchmark"}).id
        rules = {name: rule(env, name, text) for name, text in RULES.items()}
        require_kinds(env, users, rules)
        made["rules"] = {name: made_rule.id for name, made_rule in rules.items()}
    env.cr.commit()
    made["sessions"] = [session(env, user) for user in users]
    print("RESULT " + json.dumps(made))


def rule(env, name, domain):
    return env["ir.rule"].create(
        {
            "name": f"benchmark {name}",
            "model_id": env["ir.model"]._get_id(MODEL),
            "domain_force": domain,
            "active": False,
        }
    )


def require_kinds(env, users, rules):
    """Fail unless rules divide people as they should."""
    expected = {None: 1, "ten": min(10, len(users)), "user": len(users)}
    for name, number in expected.items():
        for rule_name, made in rules.items():
            made.active = rule_name == name
        found = {
            repr(env["ir.rule"].with_user(user)._compute_domain(MODEL, "read"))
            for user in users
        }
        if len(found) != number:
            raise RuntimeError(f"{name}: {len(found)} kinds of rights")
    for made in rules.values():
        made.active = False


def session(env, user):
    made = root.session_store.new()
    made.update(
        get_default_session(),
        db=env.cr.dbname,
        uid=user.id,
        login=user.login,
        session_token=user._compute_session_token(made.sid),
        context=dict(user.with_user(user).context_get()),
    )
    root.session_store.save(made)
    return made.sid

# Run by write_overhead.py in Odoo's shell: makes what is written to, and has it live,
# watched, audited or logged.
import json

MODELS = ("res.partner", "res.partner.category", "sale.order", "sale.order.line")
LINES = 50


def main(env, how):
    quiet = env["res.partner"].with_context(tracking_disable=True)
    partners = quiet.create([{"name": f"benchmark {number}"} for number in range(1000)])
    tag = env["res.partner.category"].create({"name": "benchmark"})
    product = quiet.env["product.product"].create({"name": "benchmark"})
    line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": 1}
    order = quiet.env["sale.order"].create(
        {"partner_id": partners[0].id, "order_line": [(0, 0, line)] * LINES}
    )
    made = {
        "partners": partners.ids,
        "tag": tag.id,
        "order": order.id,
        "lines": order.order_line.ids,
    }
    if how == "auditlog":
        log(env)
    elif how != "bare":
        make_live(env, audit=how == "audited")
    if how == "watched":
        # for the next hours
        env["amanat.realtime.lease"]._grant(MODELS)
    env.cr.commit()
    print("RESULT " + json.dumps(made))


def make_live(env, audit):
    env["amanat.realtime.model"].create(
        [{"model_id": env["ir.model"]._get_id(m), "audit": audit} for m in MODELS]
    )


def log(env):
    # as ours: what a field held before, and what after
    rules = env["auditlog.rule"].create(
        [
            {
                "name": f"benchmark {model}",
                "model_id": env["ir.model"]._get_id(model),
                "log_type": "full",
                "log_write": True,
                "log_create": True,
                "log_unlink": True,
                "log_read": False,
            }
            for model in MODELS
        ]
    )
    rules.set_to_confirmed()

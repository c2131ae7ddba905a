{
    "name": "Amanat Real-time",
    "summary": "Lists, forms and kanbans that show what others save, at once",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "author": "Amanat",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["bus", "web"],
    "data": [
        "security/amanat_realtime_groups.xml",
        "security/ir.model.access.csv",
        "security/amanat_realtime_rules.xml",
        "views/amanat_test_realtime_views.xml",
        "views/amanat_realtime_draft_views.xml",
        "views/amanat_realtime_model_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_views.xml",
        "views/amanat_menus.xml",
        "views/amanat_realtime_progress_views.xml",
        "data/test_robot.xml",
        "views/realtime_console_views.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
        "demo/res.partner.csv",
        "demo/amanat.test.realtime.tag.csv",
        "demo/amanat.test.realtime.csv",
        "demo/amanat.test.realtime.line.csv",
    ],
    "assets": {
        "web.assets_backend": [
            "amanat_realtime/static/src/**/*",
            # loaded with the views that they patch
            ("remove", "amanat_realtime/static/src/reports/graph_*.js"),
            ("remove", "amanat_realtime/static/src/reports/pivot_*.js"),
        ],
        "web.assets_backend_lazy": [
            "amanat_realtime/static/src/reports/graph_*.js",
            "amanat_realtime/static/src/reports/pivot_*.js",
        ],
        "web.assets_unit_tests": [
            "amanat_realtime/static/tests/**/*",
        ],
    },
    "application": True,
    "installable": True,
}

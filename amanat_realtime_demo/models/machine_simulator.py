import random

from odoo import api, models

# more would be a load test
MAX_PULSES = 500
MAX_PIECES = 3


class AmanatMachine(models.Model):
    """Machines that work although there are none: for demonstrations."""

    _inherit = "amanat.machine"

    @api.model
    def action_simulate(self, pulses=50):
        """Let the machines that are ready make some pieces.

        :param int pulses: how many
        :return: how many there were
        :rtype: int
        :raise AccessError: if the user may not change machines
        """
        self.check_access("write")
        ready = self.search([("status", "in", ["running", "idle"])])
        pulses = max(0, min(int(pulses), MAX_PULSES))
        if not ready or not pulses:
            return 0
        counts = {}
        for machine_id in random.choices(ready.ids, k=pulses):
            pieces = random.randint(1, MAX_PIECES)
            counts[machine_id] = counts.get(machine_id, 0) + pieces
        self._take_pulses(counts)
        return pulses

    @api.model
    def _cron_simulate(self):
        self.action_simulate()
        self._mark_idle()

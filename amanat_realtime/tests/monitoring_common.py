"""Helpers for tests of monitoring."""

from odoo.addons.amanat_realtime.monitoring.flusher import Flusher, flusher

from .common import RealtimeMixin

MODEL = "amanat.test.realtime"
MANAGER = "base.group_user,amanat_realtime.group_realtime_manager"


class MonitoringMixin(RealtimeMixin):
    def counted(self):
        """Return what was counted since the last time."""
        return flusher.counters.take(self.env.cr.dbname)

    def commit_and_count(self):
        """Do what happens at commit and after it.

        :return: what was counted
        :rtype: dict
        """
        self.commit()
        self.counted()
        self.env.cr.postcommit.run()
        return self.counted()

    def note(self, figures, process=None):
        """Write figures down as a process does.

        :param dict figures:
        :param Flusher process: that of which process; a new one if there is none
        """
        process = process or Flusher()
        process.add(self.env.cr.dbname, figures)
        return process.write_down(self.env(su=True))

from qiao.services.support.models.benefit import Benefit, Line, Reclaim, YearUse
from qiao.services.support.models.choices import Kind, Stage, StopReason
from qiao.services.support.models.entitlement import Entitlement

__all__ = ["Benefit", "Entitlement", "Kind", "Line", "Reclaim", "Stage", "StopReason", "YearUse"]

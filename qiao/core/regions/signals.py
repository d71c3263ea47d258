"""What others may do around a re-code, inside its transaction. Both are sent with `mapping` (old code ->
new code) and `on`; whatever a receiver raises stops the re-code."""

from django.dispatch import Signal

before_recode = Signal()
after_recode = Signal()

package dev.leadline.meeting;

import dev.leadline.guard.InjectionGuard;
import dev.leadline.meeting.HandTouch.Outcome;
import dev.leadline.outreach.Correspondence;
import java.util.List;
import org.springframework.stereotype.Component;

/** What colleagues noted of their calls and messages; a note may hold what the lead wrote. */
@Component
class SpokenWords implements Correspondence {

  private final HandTouches touches;
  private final InjectionGuard guard;

  SpokenWords(HandTouches touches, InjectionGuard guard) {
    this.touches = touches;
    this.guard = guard;
  }

  @Override
  public List<Said> with(String leadId) {
    return touches.findByLeadIdOrderByAt(leadId).stream()
        .filter(touch -> touch.outcome() != Outcome.SKIPPED)
        .map(touch -> new Said(touch.at(), touch.channel(), null, guard.cleaned(touch.notes())))
        .toList();
  }
}

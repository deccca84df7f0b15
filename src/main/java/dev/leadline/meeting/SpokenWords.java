package dev.leadline.meeting;

import dev.leadline.meeting.HandTouch.Outcome;
import dev.leadline.outreach.Correspondence;
import java.util.List;
import org.springframework.stereotype.Component;

/** What colleagues noted of their calls and messages. */
@Component
class SpokenWords implements Correspondence {

  private final HandTouches touches;

  SpokenWords(HandTouches touches) {
    this.touches = touches;
  }

  @Override
  public List<Said> with(String leadId) {
    return touches.findByLeadIdOrderByAt(leadId).stream()
        .filter(touch -> touch.outcome() != Outcome.SKIPPED)
        .map(touch -> new Said(touch.at(), touch.channel(), null, touch.notes()))
        .toList();
  }
}

package dev.leadline.booking;

import dev.leadline.outreach.SenderProfile;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes the sender the first host, as long as there is none. */
@Component
class FirstHost implements SmartInitializingSingleton {

  private final Hosts hosts;
  private final SenderProfile sender;
  private final BookingSettings settings;

  FirstHost(Hosts hosts, SenderProfile sender, BookingSettings settings) {
    this.hosts = hosts;
    this.sender = sender;
    this.settings = settings;
  }

  /** Before anybody can be asked to enter one. */
  @Override
  public void afterSingletonsInstantiated() {
    if (hosts.count() > 0 || sender.name() == null || sender.email() == null) return;
    String id = Host.idOf(sender.name());
    String link = sender.meetingLink() == null ? "" : sender.meetingLink().toString();
    try {
      hosts.insert(new Host(
          id, null, sender.name(), sender.email(), settings.zone().getId(), settings.hours(),
          settings.region(), 5, 10, 4, 6, 1, List.of(), "embedded", id, link));
    } catch (DuplicateKeyException faster) {
      // Another instance entered them.
    }
  }
}

package dev.leadline.webhook;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface Subscriptions extends Repository<Subscription, String> {

  Subscription save(Subscription subscription);

  Optional<Subscription> findById(String id);

  List<Subscription> findAllByOrderByCreatedAt();

  long count();

  void deleteById(String id);
}

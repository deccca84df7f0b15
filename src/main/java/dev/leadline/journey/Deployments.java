package dev.leadline.journey;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface Deployments extends Repository<Deployment, String> {

  Deployment save(Deployment deployment);

  Optional<Deployment> findById(String id);
}

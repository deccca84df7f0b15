package dev.leadline.replies;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface Positions extends Repository<Position, String> {

  Position save(Position position);

  Optional<Position> findById(String folder);
}

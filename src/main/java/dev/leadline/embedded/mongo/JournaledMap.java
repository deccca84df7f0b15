package dev.leadline.embedded.mongo;

import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.DataType;

/** A map whose changes by {@link #put} and {@link #remove(Object)} are told to the store, in their order. */
final class JournaledMap<K, V> extends MVMap<K, V> {

  private final DurableStore store;

  private JournaledMap(Map<String, Object> config, DataType<K> keys, DataType<V> values, DurableStore store) {
    super(config, keys, values);
    this.store = store;
  }

  static final class Builder<K, V> extends MVMap.BasicBuilder<JournaledMap<K, V>, K, V> {

    private final DurableStore store;

    Builder(DurableStore store, DataType<K> keys, DataType<V> values) {
      this.store = store;
      setKeyType(keys);
      setValueType(values);
    }

    @Override
    protected JournaledMap<K, V> create(Map<String, Object> config) {
      return new JournaledMap<>(config, getKeyType(), getValueType(), store);
    }
  }

  @Override
  public V put(K key, V value) {
    V before = super.put(key, value);
    store.changed(this, key, value);
    return before;
  }

  @Override
  @SuppressWarnings("unchecked")
  public V remove(Object key) {
    V before = super.remove(key);
    if (before != null) {
      store.changed(this, (K) key, null);
    }
    return before;
  }
}

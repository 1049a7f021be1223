package dev.vedette.server;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store of keys and the audit only, for what is refused before any pipeline is asked. */
final class Shelf {
  private final Map<String, ApiKey> keys = new TreeMap<>();
  private final List<Audit> audits = new ArrayList<>();

  static Store store() {
    var shelf = new Shelf();
    return (Store)
        Proxy.newProxyInstance(
            Shelf.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, values) -> shelf.answer(method.getName(), values));
  }

  private synchronized Object answer(String method, Object[] values) {
    switch (method) {
      case "keys":
        return List.copyOf(keys.values());
      case "save":
        ApiKey key = (ApiKey) values[0];
        keys.put(key.id(), key);
        return null;
      case "deleteKey":
        keys.remove((String) values[0]);
        return null;
      case "audit":
        audits.addFirst((Audit) values[0]);
        return null;
      case "audits":
        return List.copyOf(audits);
      case "pipelines":
        return List.of();
      case "close":
        return null;
      default:
        throw new UnsupportedOperationException(method);
    }
  }
}

package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records list and bulk delete requests to storage. */
final class WatchedStorage {

    /** The number of keys of each bulk delete. */
    final List<Integer> removals = new ArrayList<>();

    /** The prefix of each page that was listed. */
    final List<String> pages = new ArrayList<>();

    private final ObjectStorage watched;

    /** @param watched the storage behind it */
    WatchedStorage(ObjectStorage watched) {
        this.watched = watched;
    }

    ObjectStorage storage() {
        return (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "list" -> pages.add((String) arguments[0]);
                        case "deleteAll" -> removals.add(((Collection<?>) arguments[0]).size());
                        case "delete" -> throw new AssertionError("keys are removed in bulk, not one by one");
                        default -> {}
                    }
                    try {
                        return method.invoke(watched, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** A bucket whose pages are generated on request. */
    interface Listing {

        List<StoredObject> page(String prefix, @Nullable ObjectKey after, int max);
    }

    /** Storage that can be listed, and ignores deletes. */
    static WatchedStorage listing(Listing listing) {
        ObjectStorage made = (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "list" -> listing.page((String) arguments[0], (ObjectKey) arguments[1], (int) arguments[2]);
                    case "deleteAll" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new WatchedStorage(made);
    }
}

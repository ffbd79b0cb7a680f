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

/** Remembers how storage was asked to list and to remove in bulk. */
final class WatchedStorage {

    /** How many keys each removal in bulk named. */
    final List<Integer> removals = new ArrayList<>();

    /** The prefix of each page that was asked for. */
    final List<String> pages = new ArrayList<>();

    private final ObjectStorage watched;

    /** @param watched has the objects */
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

    /** A bucket that is never there as a whole: its pages are made when they are asked for. */
    interface Listing {

        List<StoredObject> page(String prefix, @Nullable ObjectKey after, int max);
    }

    /** Storage that can be listed, and forgets what it is told to remove. */
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

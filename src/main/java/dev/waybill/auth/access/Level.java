package dev.waybill.auth.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Type of the resource that an operation shows or changes, and of the resource that contains it. */
public enum Level {
    ORGANIZATION(null),
    /** Reports everything that happens in the organization. */
    WEBHOOK(ORGANIZATION),
    CONNECTION(ORGANIZATION),
    NAMESPACE(ORGANIZATION),
    BUCKET(NAMESPACE),
    UPLOAD(BUCKET),
    OBJECT(BUCKET),
    BATCH(BUCKET),
    SYNC(BUCKET),
    /** Found by its id alone; the request need not say in which namespace. */
    TASK(BUCKET),
    COLLECTION(BUCKET),
    DOCUMENT(COLLECTION);

    private final @Nullable Level parent;

    Level(@Nullable Level parent) {
        this.parent = parent;
    }

    /** Whether it is the other one, or lies in it. */
    boolean isWithin(Level other) {
        return this == other || (parent != null && parent.isWithin(other));
    }

    /** Whether a request for it names its namespace, in {@code X-Namespace} or the query. */
    boolean isNamespaced() {
        return this != NAMESPACE && this != TASK && isWithin(NAMESPACE);
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.waybill.auth.access;

import dev.waybill.auth.Caller;
import dev.waybill.auth.ResourceScope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kind of resource that a scope narrows a key to. A scope that names its resources by a prefix is of the same kind. */
public enum ScopeKind {
    ORGANIZATION(Level.ORGANIZATION, "an organization"),
    NAMESPACE(Level.NAMESPACE, "namespaces"),
    BUCKET(Level.BUCKET, "buckets"),
    COLLECTION(Level.COLLECTION, "collections"),
    STORAGE_CONNECTION(Level.CONNECTION, "storage connections"),
    /** All that a scope may name and Waybill does not have, such as retrievers. */
    OTHER(null, "what Waybill does not have");

    private final @Nullable Level level;
    private final String plural;

    ScopeKind(@Nullable Level level, String plural) {
        this.level = level;
        this.plural = plural;
    }

    static ScopeKind of(ResourceScope scope) {
        return Arrays.stream(values())
                .filter(kind -> kind != OTHER && kind.wire().equals(scope.resourceType()))
                .findFirst()
                .orElse(OTHER);
    }

    /** What the caller's key is narrowed to; none when it reaches the whole organization. */
    static Set<ScopeKind> of(Caller caller) {
        Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
        caller.scopes().forEach(scope -> kinds.add(of(scope)));
        return kinds;
    }

    /** Whether resources of that level lie in a resource of this kind. */
    boolean holds(Level inside) {
        return level != null && inside.isWithin(level);
    }

    /** Whether it applies to such resources: both are connections, or neither is. */
    boolean concerns(Level inside) {
        return level != null && (level == Level.CONNECTION) == (inside == Level.CONNECTION);
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    String plural() {
        return plural;
    }
}

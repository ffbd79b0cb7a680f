package dev.waybill.auth.access;

import dev.waybill.auth.Permission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * A row of the access table: what one operation needs.
 *
 * @param path with its variables in braces, as its handler declares it
 * @param level what it shows or changes; for something new, what is created
 */
public record AccessRow(RequestMethod method, String path, Permission permission, Level level) {

    /**
     * How it is restricted for a key that is narrowed in this way alone. Such a key changes nothing outside what it is
     * narrowed to, and administers nothing; it may read outside.
     */
    public ScopeRestriction narrowing(ScopeKind kind) {
        if (permission == Permission.ADMIN) {
            // Otherwise it could create a key without the scopes.
            return ScopeRestriction.NEVER;
        }
        if (kind.holds(level)) {
            return ScopeRestriction.INSIDE;
        }
        return permission == Permission.READ && level != Level.WEBHOOK
                ? ScopeRestriction.ALWAYS
                : ScopeRestriction.NEVER;
    }

    /**
     * Which of the kinds that a key is narrowed to refuses it, whatever resource the operation is requested on. Every
     * kind narrows what the others leave. Connections and data are independent, though: where a key has scopes for
     * both, each applies to its own.
     *
     * @param kinds none for a key that is not narrowed
     */
    Optional<ScopeKind> refusedBy(Set<ScopeKind> kinds) {
        boolean isConcerned = kinds.stream().anyMatch(kind -> kind.concerns(level));
        Stream<ScopeKind> deciding = kinds.stream().filter(kind -> !isConcerned || kind.concerns(level));
        return deciding.filter(kind -> narrowing(kind) == ScopeRestriction.NEVER)
                .findFirst();
    }

    /** The same, if it needed another permission. */
    AccessRow needing(Permission other) {
        return new AccessRow(method, path, other, level);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

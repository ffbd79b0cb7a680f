package dev.waybill.auth.access;

import dev.waybill.auth.Permission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * What one operation needs.
 *
 * @param path with its variables in braces, as its handler says it
 * @param level what it shows or changes; for something new, what is made
 */
public record AccessRow(RequestMethod method, String path, Permission permission, Level level) {

    /**
     * What is left of it for a key that is narrowed in this way alone. Such a key changes nothing beside what it is
     * narrowed to, and administers nothing; it may look around it.
     */
    public ScopeRestriction narrowing(ScopeKind kind) {
        if (permission == Permission.ADMIN) {
            // Otherwise it could make itself a key without the scopes.
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
     * Which of the kinds that a key is narrowed to shuts it out, wherever the operation is asked for. Every kind narrows
     * what the others leave. Connections and data lie beside one another, though: where a key has scopes for both, each
     * speaks of its own.
     *
     * @param kinds none for a key that is not narrowed
     */
    Optional<ScopeKind> shutBy(Set<ScopeKind> kinds) {
        boolean isSpokenOf = kinds.stream().anyMatch(kind -> kind.concerns(level));
        Stream<ScopeKind> deciding = kinds.stream().filter(kind -> !isSpokenOf || kind.concerns(level));
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

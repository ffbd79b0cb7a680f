package dev.waybill.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * A cache of the active webhooks of each organization. Entries expire after two seconds, so a change made on another
 * instance is seen within that time, and one made on this instance at once: it invalidates what was read before.
 */
@Component
public class EventSubscriptions {

    private static final Duration TTL = Duration.ofSeconds(2);
    private static final int MAX_ENTRIES = 10_000;

    /** @param changes changes that this instance had made before the read */
    private record Cached(long changes, List<Webhook> active) {}

    private final WebhookStore webhooks;
    private final Cache<OrganizationId, Cached> cache =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(TTL).build();

    EventSubscriptions(WebhookStore webhooks) {
        this.webhooks = webhooks;
    }

    /** The active webhooks of these organizations, in one read for all that are not cached. */
    public Map<OrganizationId, List<Webhook>> of(Set<OrganizationId> organizations) {
        long changes = webhooks.changes();
        Map<OrganizationId, List<Webhook>> found = new HashMap<>();
        cache.getAllPresent(organizations).forEach((organization, cached) -> {
            if (cached.changes() == changes) {
                found.put(organization, cached.active());
            }
        });
        if (found.size() < organizations.size()) {
            List<OrganizationId> missing = organizations.stream()
                    .filter(organization -> !found.containsKey(organization))
                    .toList();
            Map<OrganizationId, List<Webhook>> read =
                    webhooks.active(missing).stream().collect(Collectors.groupingBy(Webhook::organizationId));
            for (OrganizationId organization : missing) {
                List<Webhook> active = read.getOrDefault(organization, List.of());
                cache.put(organization, new Cached(changes, active));
                found.put(organization, active);
            }
        }
        return found;
    }
}

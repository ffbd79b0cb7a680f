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
 * Who subscribes to what. What was read holds for two seconds, so a change made on another instance is seen within that
 * time, and one made on this instance at once: what was read before it counts no more.
 */
@Component
public class EventSubscriptions {

    private static final Duration HOLDS = Duration.ofSeconds(2);
    private static final int MAX_ENTRIES = 10_000;

    /** @param changes how many this instance had made before it was read */
    private record Known(long changes, List<Webhook> active) {}

    private final WebhookStore webhooks;
    private final Cache<OrganizationId, Known> cache = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(HOLDS)
            .build();

    EventSubscriptions(WebhookStore webhooks) {
        this.webhooks = webhooks;
    }

    /** The active webhooks of these organizations, in one read for all that are not known. */
    public Map<OrganizationId, List<Webhook>> of(Set<OrganizationId> organizations) {
        long changes = webhooks.changes();
        Map<OrganizationId, List<Webhook>> found = new HashMap<>();
        cache.getAllPresent(organizations).forEach((organization, known) -> {
            if (known.changes() == changes) {
                found.put(organization, known.active());
            }
        });
        if (found.size() < organizations.size()) {
            List<OrganizationId> unknown = organizations.stream()
                    .filter(organization -> !found.containsKey(organization))
                    .toList();
            Map<OrganizationId, List<Webhook>> read =
                    webhooks.active(unknown).stream().collect(Collectors.groupingBy(Webhook::organizationId));
            for (OrganizationId organization : unknown) {
                List<Webhook> active = read.getOrDefault(organization, List.of());
                cache.put(organization, new Known(changes, active));
                found.put(organization, active);
            }
        }
        return found;
    }
}

package dev.waybill.webhooks;

import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.UrlPoster;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.webhooks.WebhookEntity.AddedType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Use cases of the HTTP API for webhooks. Webhooks get the events of all namespaces of an organization, so keys that
 * are narrowed to some may not use them.
 */
@Component
class WebhookService {

    static final Fields FIELDS = Fields.builder()
            .token("webhook_id")
            .text("webhook_name")
            .instant("created_at")
            .build();

    private static final String BY_HAND = "Paused on request.";

    private final WebhookStore store;
    private final SigningSecrets secrets;
    private final UrlPoster poster;
    private final EmailDelivery email;
    private final EndpointQueues queues;
    private final IdGenerator ids;
    private final WebhookProperties properties;
    private final InstantSource clock;

    WebhookService(
            WebhookStore store,
            SigningSecrets secrets,
            UrlPoster poster,
            EmailDelivery email,
            EndpointQueues queues,
            IdGenerator ids,
            WebhookProperties properties,
            InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.poster = poster;
        this.email = email;
        this.queues = queues;
        this.ids = ids;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return with the secret, which no later response contains */
    WebhookResponse create(Caller caller, NewWebhook wanted) {
        OrganizationId organization = caller.organization();
        WebhookId id =
                wanted.id() == null ? new WebhookId(ids.nextHex(WebhookId.PREFIX, WebhookId.DIGITS)) : wanted.id();
        Instant now = clock.instant();
        SigningSecrets.Fresh secret = secrets.next(organization.key(id.value()), now);
        Optional<WebhookEntity> created = createdBefore(organization, id, secret);
        if (created.isPresent()) {
            return response(created.get(), secret.plain());
        }
        requireReachable(wanted.channels());
        requireQuota(organization);
        WebhookEntity webhook = new WebhookEntity(
                organization.key(id.value()),
                organization,
                id.value(),
                wanted.name(),
                wanted.internalId(),
                wanted.eventTypes(),
                wanted.channels(),
                List.of(secret.stored()),
                wanted.active() ? null : new Webhook.Pause(BY_HAND, now),
                now,
                List.of(),
                null,
                now,
                now);
        if (store.insert(webhook)) {
            return response(webhook, secret.plain());
        }
        return createdBefore(organization, id, secret)
                .map(own -> response(own, secret.plain()))
                .orElseThrow(() -> alreadyExists(wanted.name()));
    }

    /**
     * The webhook that this very request created in a run that crashed; it counts towards the quota itself, and must
     * not fail by it.
     */
    private Optional<WebhookEntity> createdBefore(
            OrganizationId organization, WebhookId id, SigningSecrets.Fresh secret) {
        return ids.isRepeating()
                ? store.find(organization, id).filter(found -> secrets.has(found, secret))
                : Optional.empty();
    }

    private void requireQuota(OrganizationId organization) {
        if (store.count(organization) >= properties.maxPerOrganization()) {
            throw new WaybillException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "An organization can have %d webhooks; delete one that is not needed"
                            .formatted(properties.maxPerOrganization()),
                    Map.of("resource", "webhooks", "limit", properties.maxPerOrganization()));
        }
    }

    WebhookEntity get(Caller caller, String identifier) {
        return store.find(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound("webhook", identifier));
    }

    Page<WebhookEntity> list(Caller caller, @Nullable String eventType, @Nullable Boolean active, ListQuery query) {
        return store.page(caller.organization(), eventType, active, query.withTotal(), FIELDS);
    }

    /** Replaces all that callers set; the secret stays. One that becomes active starts again, with its health reset. */
    WebhookEntity replace(Caller caller, String identifier, NewWebhook wanted) {
        WebhookEntity before = get(caller, identifier);
        requireReachable(wanted.channels());
        Instant now = clock.instant();
        Webhook.Pause paused = wanted.active()
                ? null
                : Objects.requireNonNullElseGet(before.paused(), () -> new Webhook.Pause(BY_HAND, now));
        boolean resumed = wanted.active() && !before.active();
        WebhookEntity after = new WebhookEntity(
                before.key(),
                before.organizationId(),
                before.webhookId(),
                wanted.name(),
                wanted.internalId(),
                wanted.eventTypes(),
                wanted.channels(),
                before.secrets(),
                paused,
                resumed ? now : before.activeSince(),
                resumed ? List.of() : addedTypes(before, wanted.eventTypes(), now),
                resumed ? null : before.failingSince(),
                before.createdAt(),
                now);
        WebhookEntity stored;
        try {
            stored = store.replace(after).orElseThrow(() -> WaybillException.notFound("webhook", identifier));
        } catch (DuplicateKeyException nameTaken) {
            throw alreadyExists(wanted.name());
        }
        queues.resetHealth(resumed ? after.endpoints() : replaced(before, after));
        // Those of removed channels too: what is pending there is canceled.
        boolean fewer = stored.channels().size() < before.channels().size();
        queues.probe(fewer ? before.endpoints() : stored.endpoints());
        return stored;
    }

    /** The types that are subscribed from now on only, and those that were added before. */
    private static List<AddedType> addedTypes(WebhookEntity before, List<String> wanted, Instant now) {
        Stream<AddedType> added = wanted.stream()
                .filter(type -> !before.eventTypes().contains(type))
                .map(type -> new AddedType(type, now));
        return Stream.concat(
                        before.addedTypes().stream().filter(earlier -> wanted.contains(earlier.eventType())), added)
                .toList();
    }

    /** The endpoints of channels that changed, which do not inherit their predecessors' health. */
    private static List<Endpoint> replaced(WebhookEntity before, WebhookEntity after) {
        return after.endpoints().stream()
                .filter(endpoint -> endpoint.channel() >= before.channels().size()
                        || !after.channels()
                                .get(endpoint.channel())
                                .equals(before.channels().get(endpoint.channel())))
                .toList();
    }

    /** Idempotent: one that does not exist is deleted already. */
    void delete(Caller caller, String identifier) {
        store.find(caller.organization(), identifier).ifPresent(webhook -> {
            store.remove(webhook);
            queues.removeAll(webhook.organizationId(), webhook.id());
            // Their tasks find no webhook, and cancel what was enqueued just now.
            queues.resetHealth(webhook.endpoints());
            queues.wake(webhook.endpoints());
        });
    }

    WebhookEntity pause(Caller caller, String identifier) {
        WebhookEntity webhook = get(caller, identifier);
        return store.pause(webhook, BY_HAND, clock.instant()).orElseGet(() -> get(caller, identifier));
    }

    WebhookEntity resume(Caller caller, String identifier) {
        WebhookEntity webhook = get(caller, identifier);
        // Before it is active: otherwise the next failure could pause it again.
        queues.resetHealth(webhook.endpoints());
        WebhookEntity resumed = store.resume(webhook, clock.instant()).orElseGet(() -> get(caller, identifier));
        queues.wake(resumed.endpoints());
        return resumed;
    }

    RotateSecretResponse rotate(Caller caller, String identifier, RotateSecretRequest request) {
        WebhookEntity webhook = get(caller, identifier);
        Instant now = clock.instant();
        SigningSecrets.Fresh fresh = secrets.next(webhook.key(), now);
        if (secrets.has(webhook, fresh)) {
            return RotateSecretResponse.of(webhook, fresh.plain());
        }
        List<Webhook.StoredSecret> rotated = SigningSecrets.rotated(
                webhook.secrets(), fresh.stored(), request.overlap(properties.secretOverlap()), now);
        WebhookEntity after = store.replaceSecrets(webhook, rotated, now)
                .orElseThrow(() -> new WaybillException(
                        ErrorCode.CONFLICT, "The secret was rotated by somebody else at the same time"));
        return RotateSecretResponse.of(after, fresh.plain());
    }

    /** The webhook as the API returns it, without its secret. */
    WebhookResponse response(WebhookEntity webhook) {
        return response(webhook, null);
    }

    private WebhookResponse response(WebhookEntity webhook, @Nullable String secret) {
        return WebhookResponse.of(webhook, secret, email.problem().orElse(null));
    }

    private void requireReachable(List<Channel> channels) {
        for (Channel channel : channels) {
            switch (channel.kind()) {
                case WEBHOOK -> poster.check(String.valueOf(channel.settings().url()));
                case SLACK -> poster.check(String.valueOf(channel.settings().webhookUrl()));
                case EMAIL -> {} // a mail server may come later
            }
        }
    }

    private static WaybillException alreadyExists(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "webhook");
        details.put("webhook_name", name);
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "The organization has a webhook named '%s', or of this webhook_id, already; choose another webhook_name"
                                .formatted(name)
                        + ".",
                details);
    }
}

package dev.waybill.accounts;

import dev.waybill.auth.AuthProperties;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.Secret;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Creates the bootstrap organization, its admin and the operator's key from the configuration, before the first request
 * is accepted. All three have fixed ids, so instances that start together create the same ones, and another key in the
 * configuration replaces the former one in a single write: the former is refused from then on. Without a key in the
 * configuration nothing is created and nothing is removed.
 */
@Component
class Bootstrap implements SmartLifecycle {

    /** After the startup probe of the stores, which logs in a sentence what is missing, and before any request. */
    private static final int PHASE = Integer.MIN_VALUE + 1000;

    static final OrganizationId ORGANIZATION = new OrganizationId("org_bootstrap");
    static final String USER_ID = "usr_bootstrap";
    static final String KEY_ID = "key_bootstrap";
    static final String EMAIL = "admin@waybill.local";
    private static final String NAME = "bootstrap";
    /** Not the beginning of the secret: a person chose it, and it may be short. */
    private static final String SHOWN_PREFIX = "sk_bootstrap";

    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);

    private final AuthProperties properties;
    private final OrganizationStore organizations;
    private final UserStore users;
    private final ApiKeyStore keys;
    private final InstantSource clock;
    private volatile boolean running;

    Bootstrap(
            AuthProperties properties,
            OrganizationStore organizations,
            UserStore users,
            ApiKeyStore keys,
            InstantSource clock) {
        this.properties = properties;
        this.organizations = organizations;
        this.users = users;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void start() {
        Secret configured = properties.bootstrapApiKey();
        if (configured != null) {
            ensure(KeySecrets.hash(configured));
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void ensure(String hash) {
        Instant now = clock.instant();
        organizations.insert(
                new OrganizationEntity(ORGANIZATION.value(), "default", Plan.ENTERPRISE, null, List.of(USER_ID), now));
        users.insert(UserEntity.of(ORGANIZATION, USER_ID, EMAIL, "Administrator", null, UserRole.ADMIN, Map.of(), now));
        ApiKeyEntity present = keys.find(ORGANIZATION, USER_ID, KEY_ID).orElse(null);
        if (present != null && present.keyHash().equals(hash) && present.status() == KeyStatus.ACTIVE) {
            return;
        }
        try {
            keys.put(key(hash, now));
        } catch (DuplicateKeyException e) {
            if (keys.findByHash(hash).filter(ApiKeyEntity::operator).isEmpty()) {
                throw new IllegalStateException(
                        "WAYBILL_BOOTSTRAP_API_KEY is already the secret of another key. Take a new one.", e);
            }
            return;
        }
        log.info(
                present == null ? "Made the operator's key" : "Replaced the operator's key; the former one is revoked");
    }

    private static ApiKeyEntity key(String hash, Instant now) {
        return new ApiKeyEntity(
                KEY_ID,
                hash,
                SHOWN_PREFIX,
                ORGANIZATION,
                USER_ID,
                EMAIL,
                NAME,
                ApiKeyEntity.claim(USER_ID, NAME),
                "The operator's key, from the configuration",
                EnumSet.allOf(Permission.class),
                List.of(),
                null,
                KeyStatus.ACTIVE,
                null,
                null,
                now,
                null,
                null,
                null,
                true);
    }
}

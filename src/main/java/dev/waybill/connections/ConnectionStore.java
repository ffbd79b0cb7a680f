package dev.waybill.connections;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.connections.ConnectionEntity.SealedSecret;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Repository of connections in MongoDB. Each change is one conditional write of one document; archived connections are
 * never changed.
 */
@Component
class ConnectionStore {

    /** How many candidates with the same identity are compared. */
    private static final int MAX_ALIKE = 100;

    private static final String STATUS = "status";
    private static final String FAILURES = "consecutive_failures";
    private static final String LAST_ERROR = "last_error";
    private static final String PROFILE = "profile";
    private static final String SECRETS = "secrets";
    private static final String RENEWED = "renewed";
    private static final String HOLDER = "renewed.holder";

    private final MongoOperations mongo;
    private final MongoPages pages;

    ConnectionStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /**
     * Settings that replace the stored ones.
     *
     * @param instead the connection as it was read; nothing is changed when its settings have changed since
     * @param profile profile of the storage from the test; null when they were not tested
     * @param wereTested whether they were just tested, with success
     */
    record Settings(
            ConnectionEntity instead,
            Map<String, Object> settings,
            List<SealedSecret> secrets,
            String identity,
            @Nullable Map<String, Object> profile,
            boolean wereTested) {}

    /**
     * A partial update; null leaves a field unchanged.
     *
     * @param description empty to remove it
     * @param status ACTIVE also resets the failure counter
     */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, Object> metadata,
            @Nullable ConnectionStatus status,
            @Nullable Settings settings) {}

    /** @return false when the organization has one of that name or id */
    boolean insert(ConnectionEntity connection) {
        return MongoWrites.insert(mongo, connection);
    }

    /** By id, archived included, or by name. */
    Optional<ConnectionEntity> find(OrganizationId organization, String identifier) {
        return one(
                identifier.startsWith(ConnectionId.PREFIX)
                        ? byKey(organization, identifier)
                        : own(organization).and("unique_name").is(identifier));
    }

    /** Usable ones with the same provider and identity, the oldest first. */
    List<ConnectionEntity> findByIdentity(OrganizationId organization, String provider, String identity) {
        Criteria which = own(organization)
                .and("provider")
                .is(provider)
                .and("identity")
                .is(identity)
                .and(STATUS)
                .in(ConnectionStatus.USABLE);
        Query sameIdentity = query(which).with(Sort.by("created_at", "_id")).limit(MAX_ALIKE);
        return mongo.find(sameIdentity, ConnectionEntity.class);
    }

    /**
     * Lists a page.
     *
     * @param providers canonical names; null for all
     * @param statuses at least one
     */
    Page<ConnectionEntity> page(
            OrganizationId organization,
            @Nullable Collection<String> providers,
            Collection<ConnectionStatus> statuses,
            ListQuery query,
            Fields fields) {
        Criteria within = own(organization).and(STATUS).in(statuses);
        if (providers != null) {
            within = within.and("provider").in(providers);
        }
        return pages.find(ConnectionEntity.class, within, query, fields);
    }

    /**
     * Updates what callers set.
     *
     * @return empty when it does not exist, is archived, or its settings have changed since they were read
     * @throws org.springframework.dao.DuplicateKeyException when another connection has the name
     */
    Optional<ConnectionEntity> change(OrganizationId organization, ConnectionId id, Change change, Instant at) {
        Update update = new Update().set("updated_at", at);
        if (change.name() != null) {
            update.set("name", change.name()).set("unique_name", change.name());
        }
        if (change.description() != null) {
            set(update, "description", change.description().isEmpty() ? null : change.description());
        }
        if (change.metadata() != null) {
            update.set("metadata", JsonValues.toStored(change.metadata()));
        }
        if (change.status() != null) {
            update.set(STATUS, change.status());
        }
        Settings settings = change.settings();
        if (settings != null) {
            update.set("settings", JsonValues.toStored(settings.settings()))
                    .set(SECRETS, settings.secrets())
                    .set("identity", settings.identity())
                    .set(RENEWED, settings.instead().renewedOnce());
            set(update, PROFILE, settings.profile() == null ? null : JsonValues.toStored(settings.profile()));
        }
        boolean isWell = settings != null && settings.wereTested();
        if (change.status() == ConnectionStatus.ACTIVE || isWell) {
            update.set(FAILURES, 0).unset(LAST_ERROR);
        }
        Criteria which = living(organization, id);
        Optional<ConnectionEntity> after =
                changed(settings == null ? which : unrenewed(which, settings.instead()), update);
        if (isWell
                && after.filter(now -> now.status() == ConnectionStatus.FAILED).isPresent()) {
            changeStatus(organization, id, ConnectionStatus.FAILED, 0, ConnectionStatus.ACTIVE);
            return find(organization, id.value());
        }
        return after;
    }

    /** Archives it and frees its name. An archived one stays unchanged; empty when there is none. */
    Optional<ConnectionEntity> archive(OrganizationId organization, ConnectionId id, Instant now) {
        Update update = new Update()
                .set(STATUS, ConnectionStatus.ARCHIVED)
                .set("unique_name", id.value())
                .set("updated_at", now);
        return changed(living(organization, id), update).or(() -> find(organization, id.value()));
    }

    /**
     * Records a successful check or run.
     *
     * @param profile result of a check; null for a run
     * @param usedAt null for a check
     */
    void succeeded(
            OrganizationId organization,
            ConnectionId id,
            @Nullable Map<String, Object> profile,
            @Nullable Instant usedAt) {
        Update update = new Update().set(FAILURES, 0).unset(LAST_ERROR);
        if (profile != null) {
            update.set(PROFILE, JsonValues.toStored(profile));
        }
        if (usedAt != null) {
            update.set("last_used_at", usedAt);
        }
        boolean failed = changed(living(organization, id), update)
                .filter(now -> now.status() == ConnectionStatus.FAILED)
                .isPresent();
        if (failed) {
            changeStatus(organization, id, ConnectionStatus.FAILED, 0, ConnectionStatus.ACTIVE);
        }
    }

    /**
     * Records a failed check or run.
     *
     * @param most this many failures in a row suspend it
     * @return whether this failure suspended it
     */
    boolean failed(OrganizationId organization, ConnectionId id, String error, int most) {
        Optional<ConnectionEntity> counted =
                changed(living(organization, id), new Update().inc(FAILURES, 1).set(LAST_ERROR, error));
        if (counted.isEmpty() || !counted.get().status().isUsable()) {
            return false;
        }
        if (counted.get().consecutiveFailures() >= most) {
            return changeStatus(organization, id, counted.get().status(), most, ConnectionStatus.SUSPENDED);
        }
        changeStatus(organization, id, ConnectionStatus.ACTIVE, 1, ConnectionStatus.FAILED);
        return false;
    }

    /** Changes the status unless it, or the failure counter, was changed concurrently. */
    private boolean changeStatus(
            OrganizationId organization, ConnectionId id, ConnectionStatus from, int failures, ConnectionStatus to) {
        Criteria unchanged = byKey(organization, id.value()).and(STATUS).is(from);
        Criteria counted = failures == 0
                ? unchanged.and(FAILURES).is(0)
                : unchanged.and(FAILURES).gte(failures);
        return changed(counted, new Update().set(STATUS, to)).isPresent();
    }

    /**
     * Acquires the lease to renew the secrets.
     *
     * @param before as its secrets were read
     * @return false when another worker holds the lease, or the secrets have changed since
     */
    boolean beginRenewal(ConnectionEntity before, String holder, Instant now, Instant until) {
        ConnectionEntity.Renewed earlier = before.renewed();
        if (earlier != null && earlier.isGoing(now)) {
            return false;
        }
        long times = earlier == null ? 0 : earlier.times();
        Update update = new Update().set(RENEWED, new ConnectionEntity.Renewed(times, holder, until));
        return changed(unrenewed(living(before.organizationId(), before.id()), before), update)
                .isPresent();
    }

    /**
     * Stores the renewed secrets and releases the lease.
     *
     * @return false when callers replaced the secrets meanwhile; theirs stay
     */
    boolean endRenewal(ConnectionEntity before, String holder, List<SealedSecret> secrets) {
        Update update = new Update().set(SECRETS, secrets).set(RENEWED, before.renewedOnce());
        return changed(held(before, holder), update).isPresent();
    }

    /** Releases the lease; the secrets stay unchanged. */
    void dropRenewal(ConnectionEntity before, String holder) {
        changed(held(before, holder), new Update().unset(HOLDER).unset("renewed.until"));
    }

    private static Criteria held(ConnectionEntity before, String holder) {
        return byKey(before.organizationId(), before.connectionId()).and(HOLDER).is(holder);
    }

    private static Criteria unrenewed(Criteria which, ConnectionEntity before) {
        ConnectionEntity.Renewed earlier = before.renewed();
        return earlier == null
                ? which.and(RENEWED).is(null)
                : which.and("renewed.times").is(earlier.times()).and(HOLDER).is(earlier.holder());
    }

    /** Touches one that another request reuses. */
    Optional<ConnectionEntity> touch(ConnectionEntity connection, Instant now) {
        return changed(
                byKey(connection.organizationId(), connection.connectionId())
                        .and(STATUS)
                        .in(ConnectionStatus.USABLE),
                new Update().set("updated_at", now));
    }

    /** Removes one that was not updated since its creation. */
    void removeUntouched(OrganizationId organization, ConnectionId id, Instant updatedAt) {
        mongo.remove(query(byKey(organization, id.value()).and("updated_at").is(updatedAt)), ConnectionEntity.class);
    }

    private Optional<ConnectionEntity> one(Criteria which) {
        return Optional.ofNullable(mongo.findOne(query(which), ConnectionEntity.class));
    }

    private Optional<ConnectionEntity> changed(Criteria which, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query(which), update, FindAndModifyOptions.options().returnNew(true), ConnectionEntity.class));
    }

    private static void set(Update update, String field, @Nullable Object value) {
        if (value == null) {
            update.unset(field);
        } else {
            update.set(field, value);
        }
    }

    private static Criteria living(OrganizationId organization, ConnectionId id) {
        return byKey(organization, id.value()).and(STATUS).ne(ConnectionStatus.ARCHIVED);
    }

    private static Criteria own(OrganizationId organization) {
        return where("organization_id").is(organization.value());
    }

    private static Criteria byKey(OrganizationId organization, String id) {
        return where("_id").is(organization.key(id));
    }
}

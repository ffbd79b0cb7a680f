package dev.waybill.accounts;

import static dev.waybill.accounts.UserStore.set;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.auth.LastUsedWriter;
import dev.waybill.auth.Permission;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Repository of API keys in MongoDB. Every change of a key is one conditional update that matches an active key only.
 */
@Component
class ApiKeyStore implements LastUsedWriter {

    /** More keys than this of one user are not listed. */
    static final int MOST_LISTED = 1_000;

    private final MongoOperations mongo;
    private final MongoPages pages;

    ApiKeyStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** The key with that hash, whatever its status. The only query without an organization: it determines it. */
    Optional<ApiKeyEntity> findByHash(String hash) {
        return one(query(where("keyHash").is(hash)));
    }

    /** @return false when the user has an active key of that name */
    boolean insert(ApiKeyEntity key) {
        return MongoWrites.insert(mongo, key);
    }

    /** Upserts a key by its id. */
    void put(ApiKeyEntity key) {
        mongo.save(key);
    }

    /** A user's key by its name while it is active, or by its id. */
    Optional<ApiKeyEntity> find(OrganizationId organization, String userId, String nameOrId) {
        Optional<ApiKeyEntity> named =
                one(query(of(organization, userId).and("nameClaim").is(ApiKeyEntity.claim(userId, nameOrId))));
        return named.isPresent()
                ? named
                : one(query(of(organization, userId).and("keyId").is(nameOrId)));
    }

    /** A page of a user's keys. */
    Page<ApiKeyEntity> page(OrganizationId organization, String userId, boolean includeRevoked, ListQuery query) {
        return pages.find(
                ApiKeyEntity.class,
                includeRevoked ? of(organization, userId) : notRevoked(organization, userId),
                query,
                ListApiKeysRequest.FIELDS);
    }

    /** A user's keys that are not revoked. */
    List<ApiKeyEntity> active(OrganizationId organization, String userId) {
        return many(query(notRevoked(organization, userId)).limit(MOST_LISTED));
    }

    private static Criteria notRevoked(OrganizationId organization, String userId) {
        return of(organization, userId).and("status").ne(KeyStatus.REVOKED);
    }

    /** The organization's active keys with the permission admin. */
    List<ApiKeyEntity> listAdmins(OrganizationId organization) {
        return many(query(where("organizationId")
                        .is(organization.value())
                        .and("status")
                        .is(KeyStatus.ACTIVE)
                        .and("permissions")
                        .is(Permission.ADMIN))
                .limit(MOST_LISTED));
    }

    /**
     * Sets the fields that the change contains; the rest stays.
     *
     * @return empty when the key is no longer active
     * @throws DuplicateKeyException when the user has another active key of the new name
     */
    Optional<ApiKeyEntity> update(ApiKeyEntity key, ApiKeyUpdateRequest change) {
        Update update = new Update().set("status", KeyStatus.ACTIVE);
        if (change.name() != null) {
            update.set("name", change.name());
            update.set("nameClaim", ApiKeyEntity.claim(key.userId(), change.name()));
        }
        set(update, "description", Change.orNone(change.description()).orEmpty(""));
        set(update, "permissions", change.grantedPermissions());
        set(update, "scopes", change.grantedScopes());
        set(update, "rateLimitOverride", Change.orNone(change.rateLimitOverride()));
        set(update, "expiresAt", Change.orNone(change.expiresAt()));
        return modify(query(active(key)), update);
    }

    /** Replaces a key's secret. @return empty when it is no longer active, or was rotated in between */
    Optional<ApiKeyEntity> rotate(ApiKeyEntity key, String hash, String prefix) {
        return modify(
                query(active(key).and("keyHash").is(key.keyHash())),
                new Update().set("keyHash", hash).set("keyPrefix", prefix));
    }

    /** @return empty when the key was no longer active */
    Optional<ApiKeyEntity> revoke(ApiKeyEntity key, String revokedBy, Instant now) {
        return modify(
                query(active(key)),
                new Update()
                        .set("status", KeyStatus.REVOKED)
                        .set("nameClaim", key.keyId())
                        .set("revokedAt", now)
                        .set("revokedBy", revokedBy));
    }

    @Override
    public void touch(String keyId, Instant now, Instant before) {
        mongo.updateFirst(
                query(where("keyId")
                        .is(keyId)
                        .orOperator(
                                where("lastUsedAt").is(null),
                                where("lastUsedAt").lt(before))),
                Update.update("lastUsedAt", now),
                ApiKeyEntity.class);
    }

    private Optional<ApiKeyEntity> modify(Query query, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query, update, FindAndModifyOptions.options().returnNew(true), ApiKeyEntity.class));
    }

    private Optional<ApiKeyEntity> one(Query query) {
        return Optional.ofNullable(mongo.findOne(query, ApiKeyEntity.class));
    }

    private List<ApiKeyEntity> many(Query query) {
        return mongo.find(query, ApiKeyEntity.class);
    }

    private static Criteria of(OrganizationId organization, String userId) {
        return where("organizationId").is(organization.value()).and("userId").is(userId);
    }

    private static Criteria active(ApiKeyEntity key) {
        return where("keyId")
                .is(key.keyId())
                .and("organizationId")
                .is(key.organizationId().value())
                .and("status")
                .is(KeyStatus.ACTIVE);
    }
}

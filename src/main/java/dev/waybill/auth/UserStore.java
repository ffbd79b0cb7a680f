package dev.waybill.auth;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Users, each inside an organization. */
@Component
class UserStore {

    /** Some users, newest first, and how many there are. */
    record Found(List<UserDocument> users, long total) {}

    private final MongoOperations mongo;

    UserStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** @return false when the organization has a user of that address */
    boolean insert(UserDocument user) {
        return MongoWrites.insert(mongo, user);
    }

    Optional<UserDocument> find(OrganizationId organization, String email) {
        return Optional.ofNullable(mongo.findById(UserDocument.key(organization, email), UserDocument.class));
    }

    /** @throws WaybillException 404 when there is none */
    UserDocument require(OrganizationId organization, String email) {
        return find(organization, email).orElseThrow(() -> WaybillException.notFound("user", email));
    }

    /** Whether the user of a key is there and active. */
    boolean hasActive(ApiKeyDocument key) {
        return find(key.organizationId(), key.userEmail())
                .filter(user -> user.userId().equals(key.userId()) && user.status() == UserStatus.ACTIVE)
                .isPresent();
    }

    Found list(OrganizationId organization, @Nullable UserRole role, @Nullable UserStatus status, int skip, int limit) {
        Criteria criteria = where("organizationId").is(organization.value());
        if (role != null) {
            criteria.and("role").is(role);
        }
        if (status != null) {
            criteria.and("status").is(status);
        }
        Query page = query(criteria)
                .with(Sort.by(Sort.Direction.DESC, "createdAt").and(Sort.by("key")))
                .skip(skip)
                .limit(limit);
        return new Found(mongo.find(page, UserDocument.class), mongo.count(query(criteria), UserDocument.class));
    }

    /** Changes what the change names and leaves the rest. */
    Optional<UserDocument> update(UserDocument user, UserUpdateRequest change, Instant now) {
        Update update = new Update().set("updatedAt", now);
        set(update, "userName", change.userName());
        set(update, "avatarUrl", change.avatarUrl());
        set(update, "role", change.role());
        set(update, "status", change.status());
        set(update, "metadata", change.metadata());
        return Optional.ofNullable(mongo.findAndModify(
                same(user), update, FindAndModifyOptions.options().returnNew(true), UserDocument.class));
    }

    /** @return false when the user was gone already */
    boolean delete(UserDocument user) {
        return mongo.remove(same(user), UserDocument.class).getDeletedCount() == 1;
    }

    /** This very user, not another one who has come to the same address since. */
    private static Query same(UserDocument user) {
        return query(where("key").is(user.key()).and("userId").is(user.userId()));
    }

    /** Null changes nothing. */
    static void set(Update update, String field, @Nullable Object value) {
        if (value != null) {
            update.set(field, value);
        }
    }
}

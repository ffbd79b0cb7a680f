package dev.waybill.accounts;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Repository of users in MongoDB, each inside an organization. */
@Component
class UserStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    UserStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the organization has a user of that address */
    boolean insert(UserEntity user) {
        return MongoWrites.insert(mongo, user);
    }

    Optional<UserEntity> find(OrganizationId organization, String email) {
        return Optional.ofNullable(mongo.findById(UserEntity.key(organization, email), UserEntity.class));
    }

    /** @throws WaybillException 404 when there is none */
    UserEntity require(OrganizationId organization, String email) {
        return find(organization, email).orElseThrow(() -> WaybillException.notFound("user", email));
    }

    /** Whether the user of a key exists and is active. */
    boolean hasActive(ApiKeyEntity key) {
        return find(key.organizationId(), key.userEmail())
                .filter(user -> user.userId().equals(key.userId()) && user.status() == UserStatus.ACTIVE)
                .isPresent();
    }

    Page<UserEntity> list(OrganizationId organization, ListUsersRequest request, ListQuery query) {
        Criteria criteria = where("organizationId").is(organization.value());
        if (request.role() != null) {
            criteria.and("role").is(request.role());
        }
        if (request.status() != null) {
            criteria.and("status").is(request.status());
        }
        return pages.find(UserEntity.class, criteria, query, ListUsersRequest.FIELDS);
    }

    /** Sets the fields that the change contains; the rest stays. */
    Optional<UserEntity> update(UserEntity user, UserUpdateRequest change, Instant now) {
        Update update = new Update().set("updatedAt", now);
        set(update, "userName", change.userName());
        set(update, "avatarUrl", Change.orNone(change.avatarUrl()));
        set(update, "role", change.role());
        set(update, "status", change.status());
        set(update, "metadata", Change.orNone(change.metadata()).orEmpty(Map.of()));
        return Optional.ofNullable(mongo.findAndModify(
                same(user), update, FindAndModifyOptions.options().returnNew(true), UserEntity.class));
    }

    /** @return false when the user was gone already */
    boolean delete(UserEntity user) {
        return mongo.remove(same(user), UserEntity.class).getDeletedCount() == 1;
    }

    /** This very user, not another one created under the same address since. */
    private static Query same(UserEntity user) {
        return query(where("key").is(user.key()).and("userId").is(user.userId()));
    }

    /** Unsets a field that is cleared. */
    static void set(Update update, String field, Change<?> change) {
        if (change.given() && change.value() == null) {
            update.unset(field);
        } else {
            set(update, field, change.value());
        }
    }

    /** Null changes nothing. */
    static void set(Update update, String field, @Nullable Object value) {
        if (value != null) {
            update.set(field, value);
        }
    }
}

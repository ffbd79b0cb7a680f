package dev.waybill.accounts;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Repository of organizations and their active admins in MongoDB. */
@Component
class OrganizationStore {

    private final MongoOperations mongo;

    OrganizationStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<OrganizationEntity> find(OrganizationId id) {
        return Optional.ofNullable(mongo.findById(id.value(), OrganizationEntity.class));
    }

    /** @return false when an organization of that id exists; it stays unchanged */
    boolean insert(OrganizationEntity organization) {
        return MongoWrites.insert(mongo, organization);
    }

    void addAdmin(OrganizationId id, String userId) {
        mongo.updateFirst(
                query(where("organizationId").is(id.value())),
                new Update().addToSet("admins", userId),
                OrganizationEntity.class);
    }

    /**
     * Removes a user from the admins unless none would be left. One conditional update decides, so two admins who
     * remove each other at once cannot both succeed.
     *
     * @return false when the user is the last admin
     */
    boolean removeAdmin(OrganizationId id, String userId) {
        var removed = mongo.updateFirst(
                query(where("organizationId")
                        .is(id.value())
                        .and("admins")
                        .is(userId)
                        .and("admins.1")
                        .exists(true)),
                new Update().pull("admins", userId),
                OrganizationEntity.class);
        return removed.getMatchedCount() == 1
                || !mongo.exists(
                        query(where("organizationId")
                                .is(id.value())
                                .and("admins")
                                .is(userId)),
                        OrganizationEntity.class);
    }
}

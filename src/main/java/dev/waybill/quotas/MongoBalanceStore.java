package dev.waybill.quotas;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Storage balances in the MongoDB collection {@code storage_balances}. */
@Component
class MongoBalanceStore implements BalanceStore {

    private static final String RESERVATIONS = "reservations.";

    private final MongoOperations mongo;
    private final MongoWrites writes;

    MongoBalanceStore(MongoOperations mongo) {
        this.mongo = mongo;
        this.writes = new MongoWrites(mongo);
    }

    @Override
    public Optional<BalanceEntity> find(OrganizationId organization) {
        return Optional.ofNullable(mongo.findById(organization.value(), BalanceEntity.class));
    }

    @Override
    public boolean reserve(OrganizationId organization, String token, Reserved reserved, long quota) {
        Criteria affordable = of(organization)
                .and("held")
                .lte(quota - reserved.bytes())
                .and(RESERVATIONS + token)
                .exists(false);
        Update reserving = changing(reserved.bytes()).set(RESERVATIONS + token, reserved);
        for (int tries = 0; tries < 2; tries++) {
            switch (write(affordable, reserving)) {
                case DONE -> {
                    return true;
                }
                case UNMATCHED, DUPLICATE_KEY -> {
                    return find(organization)
                            .filter(balance -> balance.reservations().containsKey(token))
                            .isPresent();
                }
                case UNKNOWN -> {}
            }
        }
        throw WaybillException.tryAgain(
                "The database did not answer in time, and whether there is room in the storage quota is not known. Try again.");
    }

    @Override
    public boolean settle(OrganizationId organization, String token, long released) {
        Criteria reserved = of(organization).and(RESERVATIONS + token).exists(true);
        return write(reserved, changing(-released).unset(RESERVATIONS + token)) == WriteOutcome.DONE;
    }

    @Override
    public void hold(OrganizationId organization, long bytes) {
        write(of(organization), changing(bytes));
    }

    @Override
    public boolean recount(
            OrganizationId organization, @Nullable BalanceEntity read, long held, Collection<String> expired) {
        if (read == null) {
            return MongoWrites.insert(mongo, new BalanceEntity(organization.value(), held, 1, Map.of()));
        }
        Update counted = new Update().set("held", held).inc("version", 1);
        expired.forEach(token -> counted.unset(RESERVATIONS + token));
        return write(of(organization).and("version").is(read.version()), counted) == WriteOutcome.DONE;
    }

    private WriteOutcome write(Criteria which, Update change) {
        return writes.update(BalanceEntity.class, query(which), change);
    }

    private static Update changing(long bytes) {
        return new Update().inc("held", bytes).inc("version", 1);
    }

    private static Criteria of(OrganizationId organization) {
        return where("_id").is(organization.value());
    }
}

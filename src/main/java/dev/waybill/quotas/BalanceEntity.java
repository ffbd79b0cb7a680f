package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The storage balance of an organization with a quota, as stored. One document, so that one conditional update decides
 * which of any number of concurrent writes gets the last bytes.
 *
 * @param held bytes that are stored, announced, or reserved here; never too few, and too many where something was
 *     removed since it was counted
 * @param version counts the changes
 * @param reservations of writes in flight, by their tokens; their bytes are part of {@code held}
 */
@Document(BalanceEntity.COLLECTION)
record BalanceEntity(@Id String organizationId, long held, long version, Map<String, Reserved> reservations) {

    static final String COLLECTION = "storage_balances";

    /**
     * The reservation of a write in flight.
     *
     * @param until when it expires, by the clock that all instances share
     */
    record Reserved(long bytes, Instant until) {}

    OrganizationId id() {
        return new OrganizationId(organizationId);
    }
}

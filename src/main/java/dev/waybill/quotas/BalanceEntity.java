package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What an organization with a quota takes of it, as it is stored. One document, so that one conditional update decides of
 * any number of those who want the last bytes.
 *
 * @param held bytes that are stored, announced, or reserved here; never too few, and too many where something was removed
 *     since it was counted
 * @param version counts the changes
 * @param reservations by their tokens: of writes that are on their way; their bytes are part of {@code held}
 */
@Document(BalanceEntity.COLLECTION)
record BalanceEntity(@Id String organizationId, long held, long version, Map<String, Reserved> reservations) {

    static final String COLLECTION = "storage_balances";

    /**
     * A write on its way.
     *
     * @param until when it counts as dead, by the clock that all instances share
     */
    record Reserved(long bytes, Instant until) {}

    OrganizationId id() {
        return new OrganizationId(organizationId);
    }
}

package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import org.junit.jupiter.api.Test;

class BulkheadTests {

    private final OrganizationId one = new OrganizationId("org_00000000000000000000000000000001");
    private final OrganizationId other = new OrganizationId("org_00000000000000000000000000000002");
    private final Bulkhead bulkhead = new Bulkhead(3, 2);

    @Test
    void noOrganizationHoldsMoreThanItsShare() {
        assertThat(bulkhead.tryAcquire(one)).isTrue();
        assertThat(bulkhead.tryAcquire(one)).isTrue();
        assertThat(bulkhead.tryAcquire(one)).isFalse();

        assertThat(bulkhead.tryAcquire(other)).isTrue();
    }

    @Test
    void aReleasedPermitCanBeAcquiredAgain() {
        bulkhead.tryAcquire(one);
        bulkhead.tryAcquire(one);
        bulkhead.tryAcquire(other);
        assertThat(bulkhead.tryAcquire(other)).isFalse();

        bulkhead.release(one);

        assertThat(bulkhead.tryAcquire(other)).isTrue();
        assertThat(bulkhead.tryAcquire(one)).isFalse();
    }
}

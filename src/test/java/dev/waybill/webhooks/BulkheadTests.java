package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import org.junit.jupiter.api.Test;

class BulkheadTests {

    private final OrganizationId one = new OrganizationId("org_00000000000000000000000000000001");
    private final OrganizationId other = new OrganizationId("org_00000000000000000000000000000002");
    private final Bulkhead places = new Bulkhead(3, 2);

    @Test
    void noOrganizationHoldsMoreThanItsShare() {
        assertThat(places.take(one)).isTrue();
        assertThat(places.take(one)).isTrue();
        assertThat(places.take(one)).isFalse();

        assertThat(places.take(other)).isTrue();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        places.take(one);
        places.take(one);
        places.take(other);
        assertThat(places.take(other)).isFalse();

        places.giveBack(one);

        assertThat(places.take(other)).isTrue();
        assertThat(places.take(one)).isFalse();
    }
}

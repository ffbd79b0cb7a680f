package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Operator;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeFilterTests {

    @Test
    void aKeyWithoutScopesOfTheTypeSeesEverything() {
        assertThat(reach()).isEqualTo(Filter.ALL);
        assertThat(reach(new ResourceScope("namespace", "ns_1", List.of()))).isEqualTo(Filter.ALL);
        assertThat(reach(new ResourceScope("bucket", "a", List.of()), new ResourceScope("bucket", "*", List.of())))
                .isEqualTo(Filter.ALL);
    }

    @Test
    void aScopeNamesAnIdOrANameOrAPrefix() {
        assertThat(reach(
                        new ResourceScope("bucket", "photos", List.of()),
                        new ResourceScope("bucket", "raw-*", List.of())))
                .isEqualTo(new Filter.Or(List.of(
                        new Condition("bucket_id", Operator.EQ, "photos", true),
                        new Condition("bucket_name", Operator.EQ, "photos", true),
                        new Condition("bucket_id", Operator.STARTS_WITH, "raw-", true),
                        new Condition("bucket_name", Operator.STARTS_WITH, "raw-", true))));
    }

    private static Filter reach(ResourceScope... scopes) {
        Caller caller = new Caller(
                new OrganizationId("org_1"),
                "usr_1",
                "key_1",
                Set.of(Permission.READ),
                List.of(scopes),
                Plan.FREE,
                null,
                false);
        return ScopeFilter.of(caller, "bucket", "bucket_id", "bucket_name");
    }
}

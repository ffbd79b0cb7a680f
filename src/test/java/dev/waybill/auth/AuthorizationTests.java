package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizationTests {

    @Test
    void namesThePermissionThatIsMissing() {
        WaybillException failure = catchThrowableOfType(
                WaybillException.class, () -> caller(Set.of(Permission.READ)).require(Permission.WRITE));

        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure.getMessage()).contains("'write'");
        assertThat(failure.details()).containsEntry("permission", "write");
    }

    @Test
    void adminIncludesTheOthers() {
        for (Permission permission : Permission.values()) {
            assertThatCode(() -> caller(Set.of(Permission.ADMIN)).require(permission))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aNarrowedKeyCannotAdminister() {
        Caller narrowed = caller(Set.of(Permission.ADMIN), new ResourceScope("namespace", "*", List.of()));

        assertThat(refused(() -> narrowed.require(Permission.ADMIN))).isTrue();
        assertThat(refused(() -> narrowed.require(Permission.WRITE))).isFalse();
    }

    @Test
    void aScopeCoversByIdByNameByPrefixAndAll() {
        assertThat(reaches("ns_1")).isTrue();
        assertThat(reaches("production")).isTrue();
        assertThat(reaches("prod*")).isTrue();
        assertThat(reaches("*")).isTrue();
        assertThat(reaches("prod")).isFalse();
        assertThat(reaches("ns_2")).isFalse();
        assertThat(reaches("production2")).isFalse();
    }

    @Test
    void operationsOfAScopeNarrowThePermission() {
        Caller reader = caller(
                Set.of(Permission.READ, Permission.WRITE, Permission.DELETE),
                new ResourceScope("namespace", "prod*", List.of("read_data")),
                new ResourceScope("namespace", "production", List.of("delete_data")));

        assertThat(refused(() -> reader.require(Permission.READ, "namespace", "ns_1", "production")))
                .isFalse();
        assertThat(refused(() -> reader.require(Permission.DELETE, "namespace", "ns_1", "production")))
                .isFalse();
        assertThat(refused(() -> reader.require(Permission.WRITE, "namespace", "ns_1", "production")))
                .isTrue();
        assertThat(refused(() -> reader.require(Permission.WRITE, "bucket", "bkt_1", "b")))
                .as("no scope names buckets")
                .isFalse();
    }

    private static boolean reaches(String resourceId) {
        Caller caller = caller(Set.of(Permission.READ), new ResourceScope("namespace", resourceId, List.of()));
        return !refused(() -> caller.require(Permission.READ, "namespace", "ns_1", "production"));
    }

    private static boolean refused(Runnable check) {
        try {
            check.run();
            return false;
        } catch (WaybillException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN);
            return true;
        }
    }

    private static Caller caller(Set<Permission> permissions, ResourceScope... scopes) {
        return new Caller(
                new OrganizationId("org_acme"), "usr_1", "key_1", permissions, List.of(scopes), Plan.FREE, null, false);
    }
}

package dev.waybill.auth.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.auth.BucketResolver;
import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

/** Every operation with every kind of key, inside and outside its scopes, against what the paths themselves say. */
class AccessTableTests {

    private static final OrganizationId ACME = new OrganizationId("org_acme");

    private static final Map<String, ResourceScope> KINDS = Map.of(
            "organization", scope("organization", "org_acme"),
            "namespace", scope("namespace", "ns_inside"),
            "bucket", scope("bucket", "bkt_inside"),
            "prefix", scope("bucket", "insi*"),
            "collection", scope("collection", "col_inside"),
            "connection", scope("storage_connection", "conn_inside"),
            "another", scope("retriever", "ret_inside"));

    private static final List<Set<Permission>> HELD = List.of(
            Set.of(),
            Set.of(Permission.READ),
            Set.of(Permission.WRITE),
            Set.of(Permission.DELETE),
            Set.of(Permission.ADMIN),
            Set.of(Permission.READ, Permission.WRITE, Permission.DELETE));

    private final AccessTable table = new AccessTable(AccessTable.waybill());
    private final AccessPolicy accessPolicy = gate();

    @Test
    void everyOperationWithEveryKey() {
        int tried = 0;
        for (AccessRow row : table.rows()) {
            for (Set<Permission> held : HELD) {
                for (String position : List.of("inside", "outside")) {
                    assertThat(mayDo(row, position, held))
                            .as("%s, not narrowed, %s", row, held)
                            .isEqualTo(allows(held, needed(row)));
                    KINDS.forEach((kind, scope) -> assertThat(mayDo(row, position, held, scope))
                            .as("%s, narrowed to %s, %s, %s", row, kind, held, position)
                            .isEqualTo(allows(held, needed(row)) && leaves(kind, row, position.equals("inside"))));
                    tried += 1 + KINDS.size();
                }
            }
        }
        assertThat(tried).isGreaterThan(10_000);
    }

    @Test
    void twoKindsNarrowOneAnother() {
        AccessRow rename = row("PUT /v1/namespaces/{namespace_identifier}");
        AccessRow upload = row("POST /v1/buckets/{bucket_identifier}/uploads");
        AccessRow read = row("GET /v1/buckets/{bucket_identifier}");
        ResourceScope namespace = KINDS.get("namespace");
        ResourceScope bucket = KINDS.get("bucket");
        Set<Permission> all = HELD.getLast();

        assertThat(mayDo(rename, "inside", all, namespace)).isTrue();
        assertThat(mayDo(rename, "inside", all, namespace, bucket)).isFalse();
        assertThat(mayDo(upload, "inside", all, namespace, bucket)).isTrue();
        assertThat(mayDo(upload, "inside", all, scope("namespace", "ns_outside"), bucket))
                .isFalse();
        assertThat(mayDo(upload, "inside", all, namespace, scope("bucket", "bkt_outside")))
                .isFalse();
        assertThat(mayDo(upload, "inside", all, bucket, KINDS.get("collection")))
                .isFalse();
        assertThat(mayDo(read, "inside", all, bucket, KINDS.get("collection"))).isTrue();
    }

    @Test
    void scopesOfOneKindAddUp() {
        AccessRow upload = row("POST /v1/buckets/{bucket_identifier}/uploads");
        ResourceScope[] both = {scope("bucket", "bkt_inside"), scope("bucket", "bkt_out*")};

        assertThat(mayDo(upload, "inside", HELD.getLast(), both)).isTrue();
        assertThat(mayDo(upload, "outside", HELD.getLast(), both)).isTrue();
    }

    @Test
    void scopesOfConnectionsAndOfDataAreIndependent() {
        AccessRow sync = row("POST /v1/buckets/{bucket_identifier}/syncs");
        AccessRow test = row("POST /v1/organizations/connections/{connection_identifier}/test");
        AccessRow webhook = row("POST /v1/organizations/webhooks");
        Set<Permission> all = HELD.getLast();
        ResourceScope bucket = KINDS.get("bucket");
        ResourceScope connection = KINDS.get("connection");

        assertThat(mayDo(sync, "inside", all, connection)).isFalse();
        assertThat(mayDo(test, "inside", all, bucket)).isFalse();
        assertThat(mayDo(sync, "inside", all, bucket, connection)).isTrue();
        assertThat(mayDo(sync, "outside", all, bucket, connection)).isFalse();
        assertThat(mayDo(test, "inside", all, bucket, connection)).isTrue();
        assertThat(mayDo(webhook, "inside", all, bucket, connection)).isFalse();
        assertThat(mayDo(sync, "inside", all, bucket, KINDS.get("another"))).isTrue();
    }

    @Test
    void theOperationsOfAScopeNarrowWhatThePermissionsAllow() {
        for (AccessRow row : table.rows()) {
            for (String kind : List.of("organization", "namespace", "bucket")) {
                ResourceScope unrestricted = KINDS.get(kind);
                ResourceScope reading =
                        new ResourceScope(unrestricted.resourceType(), unrestricted.resourceId(), List.of("read_data"));
                boolean expected =
                        leaves(kind, row, true) && (needed(row) == Permission.READ || !isNamed(kind, row.path()));
                assertThat(mayDo(row, "inside", HELD.getLast(), reading))
                        .as("%s, narrowed to %s", row, kind)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void anotherOrganizationsScopeOpensNothing() {
        for (AccessRow row : table.rows()) {
            boolean read = row.permission() == Permission.READ;
            assertThat(mayDo(row, "inside", HELD.getLast(), scope("organization", "org_b")))
                    .as(row.toString())
                    .isFalse();
            assertThat(mayDo(row, "inside", Set.of(Permission.READ), scope("organization", "*")))
                    .as(row.toString())
                    .isEqualTo(read);
        }
    }

    /** Read off the path: nothing of the table but the path and the method. */
    private static Permission needed(AccessRow row) {
        String path = row.path();
        boolean isConnection = path.contains("/connections");
        if (path.matches("/v1/organizations/(users|agents|projects|storage)(/.*)?")
                || row.toString().equals("POST /v1/organizations")
                || (isConnection && row.toString().matches("POST .*/connections(/test)?|PATCH .*"))) {
            return Permission.ADMIN;
        }
        return switch (row.method()) {
            case GET -> Permission.READ;
            case DELETE -> Permission.DELETE;
            default -> path.matches(".*/(list|aggregate|dlq)") ? Permission.READ : Permission.WRITE;
        };
    }

    private static boolean leaves(String kind, AccessRow row, boolean isInside) {
        String path = row.path();
        if (needed(row) == Permission.ADMIN) {
            return false;
        }
        boolean isWithin = switch (kind) {
            case "organization" -> true;
            case "namespace" -> path.matches("/v1/(namespaces|buckets|collections|objects|tasks)(/.*)?");
            case "bucket", "prefix" -> path.matches("/v1/(buckets|collections|objects|tasks)(/.*)?");
            case "collection" -> path.startsWith("/v1/collections");
            case "connection" -> path.contains("/connections");
            default -> false;
        };
        boolean looksOn = needed(row) == Permission.READ && !path.matches(".*/webhooks(/list|/\\{.*)?");
        return (isWithin || looksOn) && (isInside || kind.equals("organization") || !isNamed(kind, path));
    }

    /** Whether the path or the header says which one of that kind is meant; the modules check the others. */
    private static boolean isNamed(String kind, String path) {
        return switch (kind) {
            case "organization" -> true;
            case "namespace" ->
                path.matches("/v1/(buckets|collections|objects)(/.*)?") || path.contains("{namespace_identifier}");
            case "bucket", "prefix" -> path.contains("{bucket_identifier}");
            default -> false;
        };
    }

    private static boolean allows(Set<Permission> held, Permission needed) {
        return held.contains(needed) || held.contains(Permission.ADMIN);
    }

    private boolean mayDo(AccessRow row, String position, Set<Permission> held, ResourceScope... scopes) {
        MockHttpServletRequest request = new MockHttpServletRequest(row.method().name(), row.path());
        request.addHeader("X-Namespace", position);
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : List.of("namespace_identifier", "bucket_identifier")) {
            if (row.path().contains("{" + name + "}")) {
                variables.put(name, position);
            }
        }
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
        Caller caller = new Caller(ACME, "usr_1", "key_1", held, Arrays.asList(scopes), Plan.FREE, null, false);
        var refusal = accessPolicy.refusal(request, caller, row);
        refusal.ifPresent(why -> assertThat(why.code()).isEqualTo(ErrorCode.FORBIDDEN));
        return refusal.isEmpty();
    }

    private AccessRow row(String operation) {
        return table.rows().stream()
                .filter(row -> row.toString().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    private static ResourceScope scope(String type, String id) {
        return new ResourceScope(type, id, List.of());
    }

    private static AccessPolicy gate() {
        NamespaceResolver namespaces = (organization, identifier) ->
                Optional.of(new NamespaceResolver.Found(new NamespaceId("ns_" + identifier), identifier));
        BucketResolver buckets =
                (scope, identifier) -> Optional.of(new BucketResolver.Found("bkt_" + identifier, identifier));
        Map<String, Object> beans = new LinkedHashMap<>();
        beans.put("namespaces", namespaces);
        beans.put("buckets", buckets);
        StaticListableBeanFactory factory = new StaticListableBeanFactory(beans);
        var provided = factory.getBeanProvider(NamespaceResolver.class);
        return new AccessPolicy(
                provided, factory.getBeanProvider(BucketResolver.class), new RequestNamespaces(provided));
    }
}

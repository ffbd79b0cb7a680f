package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

class MongoMappingTests {

    record Part(String partId) {}

    record Thing(
            @Id String key,
            OrganizationId organizationId,
            NamespaceId namespaceId,
            Instant createdAt,
            List<Part> parts,
            String note,
            Map<String, Object> metadata) {}

    @Test
    void documentsAreSnakeCaseWithoutClassNamesAndComeBackEqual() {
        try (TestMongo mongo = new TestMongo()) {
            Thing thing = new Thing(
                    "ns_a/1",
                    new OrganizationId("org_a"),
                    new NamespaceId("ns_a"),
                    Instant.ofEpochMilli(1_767_225_600_001L),
                    List.of(new Part("p")),
                    null,
                    Map.of("a.b", 1, "deep", Map.of("c.d", List.of("x", 2.5))));
            mongo.template().insert(thing);
            Document stored = mongo.template().getCollection("thing").find().first();
            assertThat(stored.keySet())
                    .containsExactlyInAnyOrder(
                            "_id", "organization_id", "namespace_id", "created_at", "parts", "metadata");
            assertThat(stored).containsEntry("namespace_id", "ns_a").containsEntry("organization_id", "org_a");
            assertThat(stored.getList("parts", Document.class)).containsExactly(new Document("part_id", "p"));
            assertThat(mongo.template()
                            .findOne(
                                    Query.query(Criteria.where("namespaceId").is(new NamespaceId("ns_a"))),
                                    Thing.class))
                    .isEqualTo(thing);
        }
    }

    @Test
    void bigNumbersAreDecimals() {
        try (TestMongo mongo = new TestMongo()) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("whole", new BigInteger("123456789012345678901234567890"));
            metadata.put("part", new BigDecimal("1.5"));
            metadata.put("none", null);
            mongo.template().insert(new Thing("1", null, null, null, null, null, metadata));
            Document stored =
                    mongo.template().getCollection("thing").find().first().get("metadata", Document.class);
            assertThat(stored)
                    .containsEntry("whole", Decimal128.parse("123456789012345678901234567890"))
                    .containsEntry("part", Decimal128.parse("1.5"))
                    .containsEntry("none", null);
        }
    }
}

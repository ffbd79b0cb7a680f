package dev.waybill.objects.requests;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobIngestion;
import dev.waybill.blobs.Promotion;
import dev.waybill.blobs.UploadedFiles;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.BucketsForTests;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.local.LocalMongo;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ChangedBuckets;
import dev.waybill.objects.DerivedDataCleanup;
import dev.waybill.objects.NoUploads;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.RememberedDeletes;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.WriteDraft;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.quotas.NoQuotas;
import dev.waybill.quotas.Quotas;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fixture of the HTTP API. Each test begins with an empty database, which is shared, so the classes run one by one. */
@ResourceLock("objects over HTTP")
@SpringBootTest(
        classes = ObjectsOverHttp.Room.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "management.endpoint.health.validate-group-membership=false"
        })
@ActiveProfiles("buckets-for-tests")
abstract class ObjectsOverHttp {

    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    ObjectWriter writer;

    @Autowired
    Consumer<Bucket> bucketMaker;

    @Autowired
    MongoOperations mongo;

    @BeforeEach
    void fill() {
        mongo.getCollectionNames().forEach(name -> mongo.remove(new Query(), name));
        BucketSchema schema = new BucketSchema(Map.of(
                "price",
                field(FieldType.NUMBER),
                "title",
                field(FieldType.STRING),
                "hero_image",
                field(FieldType.IMAGE)));
        bucketMaker.accept(bucket(ACME, PHOTOS, schema));
        bucketMaker.accept(bucket(ACME, SONGS));
        bucketMaker.accept(bucket(OTHER, PHOTOS));
    }

    /** Inserts an object as it is, without a request. */
    void insert(BucketObject object) {
        assertThat(writer.write(List.of(WriteDraft.object(object, null, UniqueKeyPolicy.INSERT, false, null))))
                .hasOnlyElementsOfType(WriteResult.Created.class);
    }

    static List<String> ids(JsonNode page) {
        return page.path("results")
                .valueStream()
                .map(result -> result.path("object_id").asString())
                .toList();
    }

    JsonNode list(String body) {
        return list("photos", "", body);
    }

    JsonNode list(String bucket, String query, String body) {
        Answer answer = post(bucket, query, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    Answer post(String bucket, String query, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/v1/buckets/" + bucket + "/objects/list" + query));
        return send(
                body == null
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static SchemaField field(FieldType type) {
        return new SchemaField(type, null, null, null, null, null, null, null);
    }

    record Answer(int status, JsonNode json) {}

    /** This module and those below it, without storage. */
    @EnableAutoConfiguration
    @ConfigurationPropertiesScan({
        "dev.waybill.objects",
        "dev.waybill.platform.fetch",
        "dev.waybill.platform.web",
        "dev.waybill.platform.mongo"
    })
    @ComponentScan(
            basePackages = {
                "dev.waybill.objects",
                "dev.waybill.platform.fetch",
                "dev.waybill.platform.web",
                "dev.waybill.platform.json",
                "dev.waybill.platform.lists",
                "dev.waybill.platform.mongo",
                "dev.waybill.platform.ids"
            })
    @Import({
        BucketsForTests.class,
        BatchedDeletes.class,
        BlobIngestion.class,
        Promotion.class,
        LocalDisk.class,
        NoUploads.class
    })
    static class Room {

        @Bean
        LocalMongo database() {
            return LocalMongo.start(null, 0);
        }

        @Bean
        DynamicPropertyRegistrar whereTheDatabaseIs(LocalMongo database) {
            return registry -> registry.add("spring.mongodb.uri", database::uri);
        }

        @Bean
        ObjectStorage storage() {
            return new RememberedDeletes();
        }

        @Bean
        Quotas quotas() {
            return NoQuotas.create();
        }

        @Bean
        UploadedFiles uploads() {
            return (scope, bucket, uploadId) -> Optional.empty();
        }

        @Bean
        ObjectProcessing processing() {
            return (scope, bucket, objects) -> {
                throw new IllegalStateException("not used in these tests");
            };
        }

        @Bean
        ChangedBuckets changedBuckets() {
            return bucket -> {};
        }

        @Bean
        EventOutbox outbox() {
            RememberedEvents events = new RememberedEvents();
            events.listening(false);
            return events;
        }

        @Bean
        DerivedDataCleanup cleanup() {
            return (scope, objects) -> {};
        }

        @Bean
        FaultPoints faults() {
            return step -> {};
        }

        @Bean
        UrlSigner signer() {
            return new UrlSigner() {
                @Override
                public PresignedUrl put(PutTerms terms) {
                    throw new IllegalStateException("not used in these tests");
                }

                @Override
                public PresignedUrl part(PartTerms terms) {
                    throw new IllegalStateException("not used in these tests");
                }

                @Override
                public PresignedUrl get(ObjectKey key, Duration lifetime, @Nullable String downloadName) {
                    return new PresignedUrl(
                            "https://storage/" + key + "?" + lifetime + "&" + downloadName, Map.of(), Instant.MAX);
                }
            };
        }

        @Bean
        WebMvcConfigurer acmeAsks() {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new AcmeAsks());
                }
            };
        }
    }

    static final class AcmeAsks implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Scope.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return ACME;
        }
    }
}

package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalS3;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The own signer gives byte for byte what the AWS SDK's presigner gives. */
class SigV4UrlSignerPropertyTests {

    /** The address of the bucket; an endpoint of the empty text means AWS. */
    record Place(String endpoint, String region, String bucket, boolean pathStyle) {}

    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Map<Place, S3Presigner> PRESIGNERS = new ConcurrentHashMap<>();

    @Property
    void putsAreEqual(
            @ForAll("addresses") Place address, @ForAll("puts") PutTerms terms, @ForAll("instants") Instant now) {
        String hash = terms.sha256();
        PresignedRequest sdk = sdk(address)
                .presignPutObject(p -> p.signatureDuration(terms.lifetime()).putObjectRequest(r -> {
                    r.bucket(address.bucket()).key(terms.key().value());
                    r.contentType(terms.contentType()).contentLength(terms.contentLength());
                    if (hash != null) {
                        r.checksumSHA256(Base64.getEncoder()
                                .encodeToString(HexFormat.of().parseHex(hash)));
                    }
                    if (terms.onlyOnce()) {
                        r.ifNoneMatch("*");
                    }
                }));
        assertSame(address, sdk, terms.lifetime(), now, signer -> signer.put(terms));
    }

    @Property
    void getsAreEqual(
            @ForAll("addresses") Place address,
            @ForAll("keys") ObjectKey key,
            @ForAll("lifetimes") Duration lifetime,
            @ForAll("names") String name,
            @ForAll boolean named,
            @ForAll("instants") Instant now) {
        PresignedRequest sdk = sdk(address)
                .presignGetObject(p -> p.signatureDuration(lifetime)
                        .getObjectRequest(r -> r.bucket(address.bucket())
                                .key(key.value())
                                .responseContentDisposition(named ? DownloadName.contentDisposition(name) : null)));
        assertSame(address, sdk, lifetime, now, signer -> signer.get(key, lifetime, named ? name : null));
    }

    @Property
    void partsAreEqual(
            @ForAll("addresses") Place address, @ForAll("parts") PartTerms terms, @ForAll("instants") Instant now) {
        PresignedRequest sdk = sdk(address)
                .presignUploadPart(p -> p.signatureDuration(terms.lifetime())
                        .uploadPartRequest(r -> r.bucket(address.bucket())
                                .key(terms.key().value())
                                .uploadId(terms.multipartId())
                                .partNumber(terms.number())
                                .contentLength(terms.contentLength())));
        assertSame(address, sdk, terms.lifetime(), now, signer -> signer.part(terms));
    }

    @Provide
    Arbitrary<Place> addresses() {
        Arbitrary<String> endpoints = Arbitraries.of(
                "http://127.0.0.1:9000",
                "http://localhost:9000",
                "http://s3.internal",
                "http://s3.internal:80",
                "https://s3.example.com",
                "https://s3.example.com:443",
                "https://s3.example.com:8443",
                "https://example.com/storage/v1",
                "");
        Arbitrary<String> regions = Arbitraries.of("us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1");
        Arbitrary<String> buckets = Arbitraries.of("waybill", "way-bill.v2", "Way_Bill");
        return Combinators.combine(endpoints, regions, buckets, Arbitraries.of(true, false))
                .as(Place::new)
                // There the SDK makes a host name of labels and an IP address, which nobody can reach.
                .filter(p -> p.pathStyle()
                        || !p.endpoint().contains("127.0.0.1")
                        || !p.bucket().contains("."));
    }

    @Provide
    Arbitrary<ObjectKey> keys() {
        Arbitrary<String> segment = Arbitraries.oneOf(
                        text(40), text(40), Arbitraries.of("a b", "a+b", "%2F", "~*", "'()!"))
                .filter(s -> !s.equals(".") && !s.equals(".."));
        return segment.list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> String.join("/", segments))
                .filter(key -> key.getBytes(StandardCharsets.UTF_8).length <= 1024)
                .map(ObjectKey::new);
    }

    @Provide
    Arbitrary<String> names() {
        return text(60);
    }

    @Provide
    Arbitrary<PutTerms> puts() {
        Arbitrary<String> types = Arbitraries.oneOf(
                Arbitraries.of("image/jpeg", "text/plain; charset=utf-8", "text/plain;  charset=\"a  b\"", "a/b+c"),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60).filter(s -> !s.isBlank()));
        Arbitrary<Long> lengths = Arbitraries.longs().between(0, ObjectStorage.MAX_PUT_BYTES);
        Arbitrary<String> hashes =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(HexFormat.of()::formatHex);
        return Combinators.combine(
                        keys(),
                        types,
                        lifetimes(),
                        lengths.injectNull(0.5),
                        hashes.injectNull(0.5),
                        Arbitraries.of(true, false))
                .as(PutTerms::new);
    }

    @Provide
    Arbitrary<PartTerms> parts() {
        Arbitrary<String> ids = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(80);
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 10_000);
        Arbitrary<Long> lengths = Arbitraries.longs().between(0, ObjectStorage.MAX_PUT_BYTES);
        return Combinators.combine(keys(), ids, numbers, lifetimes(), lengths.injectNull(0.3))
                .as(PartTerms::new);
    }

    @Provide
    Arbitrary<Duration> lifetimes() {
        return Arbitraries.longs().between(1, 604_800).map(Duration::ofSeconds);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(0, Instant.parse("2099-12-31T23:59:59.999Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
    }

    /** Any characters that a key may hold, in Unicode's whole range, with many of those that are easily got wrong. */
    private static Arbitrary<String> text(int max) {
        Arbitrary<String> character = Arbitraries.oneOf(
                Arbitraries.of(" +%~*&=?#:;,@!$'()[]{}\"\\<>|^`-._äß日😀"
                        .codePoints()
                        .mapToObj(Character::toString)
                        .toList()),
                Arbitraries.chars().alpha().numeric().map(String::valueOf),
                Arbitraries.integers()
                        .between(0x20, 0x10FFFF)
                        .filter(c -> c != '/' && !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
                        .map(Character::toString));
        return character.list().ofMinSize(1).ofMaxSize(max).map(characters -> String.join("", characters));
    }

    private static UrlSigner own(Place address, Instant now) {
        StorageProperties properties = StorageSettings.of(address.endpoint())
                .region(address.region())
                .bucket(address.bucket())
                .pathStyle(address.pathStyle())
                .build();
        return new StorageConfiguration().urlSigner(properties, InstantSource.fixed(now));
    }

    private static S3Presigner sdk(Place address) {
        return PRESIGNERS.computeIfAbsent(address, p -> {
            S3Presigner.Builder builder = S3Presigner.builder()
                    .region(Region.of(p.region()))
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(LocalS3.ACCESS_KEY_ID, LocalS3.SECRET_ACCESS_KEY)))
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(p.pathStyle())
                            .build());
            if (!p.endpoint().isEmpty()) {
                builder.endpointOverride(URI.create(p.endpoint()));
            }
            return builder.build();
        });
    }

    /** First at the presigner's own time, which cannot be set, and then, signed once more, at any time. */
    private static void assertSame(
            Place address,
            PresignedRequest sdk,
            Duration lifetime,
            Instant now,
            Function<UrlSigner, PresignedUrl> request) {
        Instant then = SIGNED_AT.parse(
                sdk.httpRequest().firstMatchingRawQueryParameter("X-Amz-Date").orElseThrow(), Instant::from);
        PresignedUrl own = request.apply(own(address, then));
        assertThat(own.url()).isEqualTo(sdk.url().toString());
        assertThat(sameNames(own.requiredHeaders())).isEqualTo(signedHeaders(sdk));
        assertThat(own.expiresAt()).isEqualTo(then.plus(lifetime));

        assertThat(request.apply(own(address, now)).url())
                .isEqualTo(signedAgain(sdk.httpRequest(), address, lifetime, now));
    }

    private static String signedAgain(SdkHttpRequest request, Place address, Duration lifetime, Instant now) {
        SdkHttpRequest unsigned = request.copy(r -> request.rawQueryParameters().keySet().stream()
                .filter(name -> name.startsWith("X-Amz-"))
                .forEach(r::removeQueryParameter));
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(LocalS3.ACCESS_KEY_ID, LocalS3.SECRET_ACCESS_KEY))
                        .request(unsigned)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, address.region())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request()
                .getUri()
                .toString();
    }

    private static Map<String, List<String>> signedHeaders(PresignedRequest sdk) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sdk.signedHeaders());
        headers.remove("host");
        return headers;
    }

    private static Map<String, List<String>> sameNames(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> Arrays.asList(e.getValue()),
                        (a, b) -> a,
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
    }
}

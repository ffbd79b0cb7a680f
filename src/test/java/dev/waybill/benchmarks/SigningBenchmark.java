package dev.waybill.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.platform.storage.s3.LocalStorage;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The own signer beside the AWS SDK's presigner, in turns, on one thread. Machines differ: read the ratios.
 *
 * <p>Not part of the build: {@code ./mvnw test -Dtest=SigningBenchmark}.
 */
class SigningBenchmark {

    private static final int ROUNDS = 15;
    private static final int URLS = 20_000;
    private static final String ENDPOINT = "https://s3.example.com";
    private static final String BUCKET = "waybill";

    @Test
    void ownSignerBesideTheSdk() {
        PrintStream out = System.out;
        UrlSigner own = LocalStorage.signer(ENDPOINT, InstantSource.system());
        try (S3Presigner sdk = presigner()) {
            IntFunction<String> byOwn = i -> own.put(new PutTerms(
                            new ObjectKey(key(i)), "image/jpeg", Duration.ofHours(1), 1000L + i, null, false))
                    .url();
            IntFunction<String> bySdk = i -> sdk.presignPutObject(p -> p.signatureDuration(Duration.ofHours(1))
                            .putObjectRequest(r -> r.bucket(BUCKET)
                                    .key(key(i))
                                    .contentType("image/jpeg")
                                    .contentLength(1000L + i)))
                    .url()
                    .toString();
            double[] ownNanos = new double[ROUNDS];
            double[] sdkNanos = new double[ROUNDS];
            double[] ownBytes = new double[ROUNDS];
            double[] sdkBytes = new double[ROUNDS];
            for (int round = -5; round < ROUNDS; round++) {
                int at = Math.max(round, 0); // the first rounds warm up and are written over
                measure(byOwn, ownNanos, ownBytes, at);
                measure(bySdk, sdkNanos, sdkBytes, at);
            }
            out.printf("own signer     %8.2f us  %8.0f bytes a URL%n", median(ownNanos) / 1000, median(ownBytes));
            out.printf("SDK presigner  %8.2f us  %8.0f bytes a URL%n", median(sdkNanos) / 1000, median(sdkBytes));
            out.printf(
                    "ratio          %8.1f     %8.1f%n",
                    median(sdkNanos) / median(ownNanos), median(sdkBytes) / median(ownBytes));
        }
    }

    private static void measure(IntFunction<String> sign, double[] nanos, double[] bytes, int round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long sink = 0;
        for (int i = 0; i < URLS; i++) {
            sink += sign.apply(i).length();
        }
        nanos[round] = (double) (System.nanoTime() - start) / URLS;
        bytes[round] = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / URLS;
        if (sink == 0) {
            throw new IllegalStateException("nothing was signed");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String key(int i) {
        return "org_0123456789ABCDEF/ns_0123456789ABCDEF/api_buckets_uploads_create/upl_" + i + "/photo.jpg";
    }

    private static S3Presigner presigner() {
        return S3Presigner.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(ENDPOINT))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }
}

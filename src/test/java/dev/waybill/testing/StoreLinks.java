package dev.waybill.testing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections of one service to its stores: a {@link Relay} for each, which its test can freeze, cut and resume.
 */
public final class StoreLinks implements AutoCloseable {

    private final Relay mongo;
    private final Relay redis;
    private final Relay s3;
    private final Map<String, String> environment;

    StoreLinks(Map<String, String> direct) {
        this.mongo = Relay.to(port(direct, "MONGODB_URI"));
        this.redis = Relay.to(port(direct, "REDIS_URL"));
        this.s3 = Relay.to(port(direct, "S3_ENDPOINT"));
        this.environment = new LinkedHashMap<>(direct);
        redirect("MONGODB_URI", mongo);
        redirect("REDIS_URL", redis);
        // Tests that cut a store off do not wait for the timeouts of a busy machine.
        environment.put("waybill.mongo.server-selection-timeout", "3s");
        // Clients get the public endpoint, past the relay.
        redirect("S3_ENDPOINT", s3);
    }

    /** The settings that point a Waybill at these links, named as in the environment. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public Relay mongo() {
        return mongo;
    }

    public Relay redis() {
        return redis;
    }

    public Relay s3() {
        return s3;
    }

    /** Nothing that the service sends arrives any more, and its connections stay open. */
    void freeze() {
        mongo.freeze();
        redis.freeze();
        s3.freeze();
    }

    /** Forwards what was held back, late. */
    void thaw() {
        mongo.thaw();
        redis.thaw();
        s3.thaw();
    }

    void cut() {
        mongo.cut();
        redis.cut();
        s3.cut();
    }

    void resume() {
        mongo.resume();
        redis.resume();
        s3.resume();
    }

    @Override
    public void close() {
        cut();
    }

    private void redirect(String setting, Relay relay) {
        String direct = environment.get(setting);
        environment.put(setting, direct.replace(":" + URI.create(direct).getPort(), ":" + relay.port()));
    }

    private static int port(Map<String, String> environment, String setting) {
        return URI.create(environment.get(setting)).getPort();
    }
}

package dev.waybill.stories;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Base class of tests of syncs over a scripted source, each test's in an organization of its own. There is one script,
 * so the classes take turns.
 */
@ResourceLock("syncs of a script")
abstract class ScriptedSyncStory {

    static final ServiceUnderTest SERVICE =
            ServiceUnderTest.shared(Map.of("waybill.syncs.watch-after", "1s", "waybill.syncs.retry-pause", "10ms"));

    final ScriptedSource script = SERVICE.bean(ScriptedSource.class);

    final String folder = UUID.randomUUID().toString();

    SyncedBucket bucket;

    WaybillClient organization;

    String connection;

    @AfterAll
    static void keepSecrets() {
        Confidential.assertKeptBy(SERVICE);
    }

    @BeforeEach
    void create() {
        Answer founded = Tenant.founded(SERVICE.client(), folder);
        organization = SERVICE.client().withKey(founded.at("/api_key/key"));
        bucket = SyncedBucket.create(organization);
        connection = Tenant.connected(organization, "scripted");
    }

    @AfterEach
    void behave() {
        script.behave();
    }

    void put(String name) {
        script.put(folder + "/" + name, "text of " + name);
    }

    Map<String, Object> request(Map<String, ?> more) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("connection_id", connection);
        request.put("source_path", "elsewhere/" + folder);
        request.put("polling_interval_seconds", 900);
        request.putAll(more);
        return request;
    }
}

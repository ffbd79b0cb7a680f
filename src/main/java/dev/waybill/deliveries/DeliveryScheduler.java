package dev.waybill.deliveries;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.EndpointQueues;
import dev.waybill.webhooks.WebhookId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Schedules the delivery task of each endpoint that has something due. */
@Component
class DeliveryScheduler implements EndpointQueues {

    private final DeliveryStore deliveries;
    private final CircuitStore circuits;
    private final Tasks tasks;
    private final FaultPoints faults;
    private final InstantSource clock;

    DeliveryScheduler(
            DeliveryStore deliveries, CircuitStore circuits, Tasks tasks, FaultPoints faults, InstantSource clock) {
        this.deliveries = deliveries;
        this.circuits = circuits;
        this.tasks = tasks;
        this.faults = faults;
        this.clock = clock;
    }

    /** Deliveries were enqueued for these: their tasks run at once, or once more if they are running. */
    @Override
    public void wake(Collection<Endpoint> endpoints) {
        Instant now = clock.instant();
        for (Endpoint endpoint : endpoints) {
            tasks.submitAt(NewTask.internal(task(endpoint), DeliveryTask.NAME, endpoint.payload()), now);
        }
        faults.reach("webhooks.endpoints-woken");
    }

    @Override
    public void probe(Collection<Endpoint> endpoints) {
        circuits.halfOpen(endpoints, clock.instant());
        wake(endpoints);
    }

    @Override
    public void resetHealth(Collection<Endpoint> endpoints) {
        circuits.remove(endpoints);
    }

    @Override
    public void removeAll(OrganizationId organization, WebhookId webhook) {
        deliveries.removeAll(organization, webhook);
    }

    /** A derived id, so that an endpoint has one task. */
    private static TaskId task(Endpoint endpoint) {
        String name = "webhook endpoint " + endpoint.key();
        return new TaskId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}

package dev.waybill.syncs.runs;

import dev.waybill.accounts.Entitlements;
import dev.waybill.batches.Batches;
import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.buckets.Buckets;
import dev.waybill.connections.Connections;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.quotas.Quotas;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.transfer.TransferFixtures;
import dev.waybill.testing.ServiceUnderTest;
import java.time.InstantSource;

/** A worker assembled by a test from a service's beans, some replaced by disturbed ones. */
final class HandWorker {

    private final ServiceUnderTest service;
    private SyncStore syncs;
    private LedgerStore ledger;
    private ObjectStorage storage;
    private FaultPoints faults;

    private HandWorker(ServiceUnderTest service) {
        this.service = service;
        this.syncs = bean(SyncStore.class);
        this.ledger = bean(LedgerStore.class);
        this.storage = bean(ObjectStorage.class);
        this.faults = bean(FaultPoints.class);
    }

    static HandWorker of(ServiceUnderTest service) {
        return new HandWorker(service);
    }

    HandWorker with(SyncStore disturbed) {
        syncs = disturbed;
        return this;
    }

    HandWorker with(LedgerStore disturbed) {
        ledger = disturbed;
        return this;
    }

    HandWorker with(ObjectStorage another) {
        storage = another;
        return this;
    }

    HandWorker with(FaultPoints disturbing) {
        faults = disturbing;
        return this;
    }

    SyncTask task() {
        InstantSource clock = bean(InstantSource.class);
        SyncRunStore runs = bean(SyncRunStore.class);
        Publication publication =
                new Publication(bean(ObjectWriter.class), syncs, ledger, bean(BatchedDeletes.class), faults, clock);
        RunWorker work = new RunWorker(
                bean(Connections.class),
                bean(Buckets.class),
                bean(Entitlements.class),
                bean(Quotas.class),
                syncs,
                new PageWalk.Stores(
                        runs, ledger, bean(DuplicateFiles.class), bean(SyncProperties.class), faults, clock),
                TransferFixtures.copies(storage, faults, service),
                publication);
        return new SyncTask(
                syncs,
                runs,
                ledger,
                work,
                completion(),
                bean(SyncWakeUp.class),
                bean(SyncMetrics.class),
                bean(SyncProperties.class),
                faults,
                bean(IdGenerator.class),
                clock);
    }

    RunCompletion completion() {
        return new RunCompletion(
                syncs,
                bean(SyncRunStore.class),
                ledger,
                new SyncBatches(bean(Batches.class), ledger, faults),
                bean(SyncEvents.class),
                bean(SyncWakeUp.class),
                bean(SyncMetrics.class),
                bean(Connections.class),
                faults,
                bean(InstantSource.class));
    }

    private <T> T bean(Class<T> type) {
        return service.bean(type);
    }
}

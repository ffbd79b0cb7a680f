package dev.waybill.syncs;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.ServiceUnderTest;

/** Copying for tests. */
final class TransferFixtures {

    private TransferFixtures() {}

    /** A service's own, but for the storage that it copies to and where it is stopped. */
    static FileCopy copies(ObjectStorage storage, FaultPoints faults, ServiceUnderTest service) {
        return new FileCopy(
                storage,
                service.bean(BatchedDeletes.class),
                service.bean(IdGenerator.class),
                faults,
                service.bean(LinkedFiles.class));
    }
}

package dev.waybill.platform.health;

/**
 * Looks whether a part is well, by really using it. Any room may declare one as a bean; a part may have several.
 *
 * @param check returns when the part is well, throws when it is not. A {@code WaybillException}'s message is told to
 *     everybody who asks; of other exceptions nothing is told. Whoever takes longer than two seconds is not well
 */
public record HealthProbe(HealthPart part, Runnable check) {}

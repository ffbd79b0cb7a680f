package dev.waybill.platform.health;

/**
 * A health probe: checks whether a part is well, by really using it. Any module may declare one as a bean; a part may
 * have several.
 *
 * @param check returns when the part is well, throws when it is not. The message of a {@code WaybillException} is shown
 *     to every client; of other exceptions nothing is. A part that takes longer than two seconds is not well
 */
public record HealthProbe(HealthPart part, Runnable check) {}

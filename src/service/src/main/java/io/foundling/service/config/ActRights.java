package io.foundling.service.config;

/**
 * Whether operators may act in {@code console}.
 *
 * @param most subjects of one act
 */
public record ActRights(boolean isGranted, int most) {}

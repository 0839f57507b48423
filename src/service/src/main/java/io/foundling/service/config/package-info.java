/**
 * The one configuration file and its environment overrides, read strictly into
 * {@link io.foundling.service.config.ServiceConfig}. Start with {@link io.foundling.service.config.ConfigReader}. Every
 * key is declared once, in {@link io.foundling.service.config.ConfigKeys}; everything public here is immutable.
 */
package io.foundling.service.config;

{{/* What a schema cannot say. Each failure names the value, what was found, and what mends it. */}}
{{- define "foundling.checks" -}}
{{- $name := include "foundling.name" . -}}
{{- if gt (len $name) 45 -}}
{{- fail (printf "the release name makes the pods' name %s, %d characters, at most 45 leave room for what Kubernetes adds; choose a shorter release name" $name (len $name)) -}}
{{- end -}}
{{- if and .Values.image.tag .Values.image.digest -}}
{{- fail (printf "image.tag is %s and image.digest is set, which goes before it, so the tag would not count; set one of them, and the other to \"\"" .Values.image.tag) -}}
{{- end -}}
{{- if eq .Values.image.tag "latest" -}}
{{- fail "image.tag is latest, which is another image tomorrow; name a version, or a digest in image.digest" -}}
{{- end -}}
{{- if regexMatch "-Xmx|RAMPercentage|java\\.io\\.tmpdir" .Values.javaOptions -}}
{{- fail (printf "javaOptions is %q, but heap and temporary directory are set by memory.heapMi and image.temporaryDirectory" .Values.javaOptions) -}}
{{- end -}}
{{- range $variable := .Values.extraEnv -}}
{{- if has $variable.name (list "FOUNDLING_CONFIG" "FOUNDLING_INSTANCE" "FOUNDLING_LOG_LEVEL" "FOUNDLING_LOG_FORMAT" "FOUNDLING_JAVA_OPTS") -}}
{{- fail (printf "extraEnv names %s, which the chart sets; javaOptions, logLevel and logFormat have values of their own" $variable.name) -}}
{{- end -}}
{{- end -}}
{{- range $volume := .Values.extraVolumes -}}
{{- if or (has $volume.name (list "config" "temporary" "state" "foundling-state" "mappings")) (hasPrefix "secret-" $volume.name) -}}
{{- fail (printf "extraVolumes names a volume %s, as the chart does; choose another name" $volume.name) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.monitoring.serviceMonitor.enabled .Values.monitoring.podMonitor.enabled -}}
{{- fail "monitoring.serviceMonitor and monitoring.podMonitor are both enabled, and Prometheus would count everything twice; enable one of them" -}}
{{- end -}}
{{- range $section := list "kafka" "avro" -}}
{{- range $key, $setting := get $.Values.config $section -}}
{{- $names := "(?i)password|secret|jaas|token|user\\.info|credential|private\\.key|keystore\\.key|api\\.key" -}}
{{- if or (and (regexMatch $names $key) (not (regexMatch "\\.(credentials\\.source|endpoint\\.url)$" $key))) (regexMatch "(?s)//.*@" (toString $setting)) -}}
{{- fail (printf "config.%s.%s looks like a secret, and the configuration is no place for one; put it into a Secret and name that under secrets" $section $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.networkPolicy.enabled -}}
{{- range $url := splitList "," (get .Values.config.avro "schema.registry.url") -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" $url) | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" (trim $url))) -}}
{{- if not (has $port (toStrings $.Values.networkPolicy.egressPorts)) -}}
{{- fail (printf "config.avro.schema.registry.url names port %s, but networkPolicy.egressPorts is %s; add it, with every other port that brokers and registry listen on" $port (toJson $.Values.networkPolicy.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- range $server := splitList "," (get .Values.config.kafka "bootstrap.servers") -}}
{{- $port := regexFind "[0-9]+$" (trim $server) -}}
{{- if and $port (not (has $port (toStrings $.Values.networkPolicy.egressPorts))) -}}
{{- fail (printf "config.kafka.bootstrap.servers names port %s, but networkPolicy.egressPorts is %s; add it, with every other port that brokers and registry listen on" $port (toJson $.Values.networkPolicy.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.notify.enabled -}}
{{- if not .Values.config.receivers -}}
{{- fail "notify.enabled is true, but config.receivers is empty; name those that alerts are sent to" -}}
{{- end -}}
{{- range $receiver := .Values.config.receivers -}}
{{- range $url := splitList "," ($receiver.url | default "") -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" $url) | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" (trim $url))) -}}
{{- if and $url $.Values.networkPolicy.enabled (not (has $port (toStrings (concat $.Values.networkPolicy.egressPorts $.Values.notify.egressPorts)))) -}}
{{- fail (printf "config.receivers names port %s for %s, but notify.egressPorts is %s; add it" $port $receiver.name (toJson $.Values.notify.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.bridge.enabled -}}
{{- if not .Values.config.bridges -}}
{{- fail "bridge.enabled is true, but config.bridges is empty; name the topics that it reads" -}}
{{- end -}}
{{- range $bridge := .Values.config.bridges -}}
{{- $directory := printf "%s/" (include "foundling.mappingDirectory" $) -}}
{{- if and (hasPrefix $directory $bridge.mappingFile) (not (hasKey $.Values.bridge.mappings (trimPrefix $directory $bridge.mappingFile))) -}}
{{- fail (printf "config.bridges names %s for %s, but bridge.mappings has no %s; add it" $bridge.mappingFile $bridge.name (trimPrefix $directory $bridge.mappingFile)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $process := list "console" "intake" -}}
{{- $values := get $.Values $process -}}
{{- $console := $.Values.config.console | default dict -}}
{{- if and $values.enabled (not (or $console.tokensFile (dig "oidc" "issuer" "" $console))) -}}
{{- fail (printf "%s.enabled is true, but config.console has neither tokensFile nor oidc.issuer; other machines reach it, so it needs credentials, see src/service/docs/access.md" $process) -}}
{{- end -}}
{{- $read := ternary (list "tokensFile" "certificateFile" "keyFile" "passwordFile" "cookieKeyFile") (list "tokensFile" "certificateFile" "keyFile") (eq $process "console") -}}
{{- $directory := include "foundling.secretDirectory" (dict "root" $ "name" "") -}}
{{- $mounted := include "foundling.processSecrets" (dict "root" $ "process" $process) | fromJsonArray -}}
{{- range $key := ternary $read (list) $values.enabled -}}
{{- $file := get $console $key | default "" -}}
{{- $name := trimPrefix $directory $file | splitList "/" | first -}}
{{- if and (hasPrefix $directory $file) (not (has $name $mounted)) -}}
{{- fail (printf "config.console.%s is %s, but %s.secrets is %s; add %s to it, since the pods of %s read the file, too" $key $file $process (toJson $values.secrets) $name $process) -}}
{{- end -}}
{{- end -}}
{{- if and $values.enabled $values.ingress.enabled (not $values.ingress.host) -}}
{{- fail (printf "%s.ingress.enabled is true, but %s.ingress.host is empty; name the host that callers open" $process $process) -}}
{{- end -}}
{{- end -}}
{{- include "foundling.spoolChecks" . -}}
{{- if .Values.console.enabled -}}
{{- $console := .Values.config.console | default dict -}}
{{- if and (include "foundling.consoleKeepsFile" .) (gt (int .Values.console.replicas) 1) -}}
{{- fail (printf "console.replicas is %v, but the database is a file of SQLite, which one pod has; set config.console.database to one of PostgreSQL (jdbc:postgresql://...)" .Values.console.replicas) -}}
{{- end -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" ($console.database | default "")) | trimPrefix ":" | default "5432" -}}
{{- if and (not (include "foundling.consoleKeepsFile" .)) .Values.networkPolicy.enabled (not (has $port (toStrings (concat .Values.networkPolicy.egressPorts .Values.console.egressPorts)))) -}}
{{- fail (printf "config.console.database names port %s, but console.egressPorts is %s; add it" $port (toJson .Values.console.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.strimzi.topics (gt (int .Values.strimzi.minInSyncReplicas) (int .Values.strimzi.replicas)) -}}
{{- fail (printf "strimzi.minInSyncReplicas is %v, expected at most strimzi.replicas, %v" .Values.strimzi.minInSyncReplicas .Values.strimzi.replicas) -}}
{{- end -}}
{{- end }}

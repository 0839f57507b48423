{{/* What the processes beside the ledger have in common. Each of these takes a dict: root, process (also a key of the values), ports
(name to number), volume (not empty if a volume named state is mounted at image.stateDirectory), and mappings (files of the mapping
language by name, for bridge alone). */}}

{{/* Pods of the read side must not be taken for pods of the ledger. */}}
{{- define "foundling.processSelector" -}}
app.kubernetes.io/name: foundling-{{ .process }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "foundling.processName" -}}
{{ include "foundling.name" .root }}-{{ .process }}
{{- end }}

{{- define "foundling.processLabels" -}}
{{ include "foundling.processSelector" . }}
app.kubernetes.io/version: {{ include "foundling.version" .root }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* The Secrets that a process needs, by name: those of the clients, and its own. */}}
{{- define "foundling.processSecrets" -}}
{{- $names := list -}}
{{- range .root.Values.secrets -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- concat $names (get .root.Values .process).secrets | uniq | toJson -}}
{{- end }}

{{- define "foundling.processPod" -}}
{{- $root := .root -}}
{{- $own := get .root.Values .process -}}
metadata:
  labels:
    {{- with $root.Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- include "foundling.processLabels" . | nindent 4 }}
  annotations:
    {{- with $root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    # A change of the configuration replaces the pods, unless it is one of policies.
    foundling.io/config-checksum: {{ include "foundling.configChecksum" $root }}
    {{- with .mappings }}
    # They are read at the start.
    foundling.io/mappings-checksum: {{ toYaml . | sha256sum }}
    {{- end }}
spec:
  serviceAccountName: {{ include "foundling.name" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "foundling.placement" $root | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: {{ $root.Values.topologySpread.key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "foundling.processSelector" . | nindent 10 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ $root.Values.image.user }}
    runAsGroup: {{ $root.Values.image.group }}
    fsGroup: {{ $root.Values.image.group }}
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: {{ .process }}
      image: {{ include "foundling.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: [{{ .process }}]
      env:
        - name: FOUNDLING_CONFIG
          value: {{ include "foundling.mountedConfigDirectory" $root }}/foundling.yaml
        - name: FOUNDLING_INSTANCE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: FOUNDLING_LOG_LEVEL
          value: {{ $root.Values.logLevel }}
        - name: FOUNDLING_LOG_FORMAT
          value: {{ $root.Values.logFormat }}
        - name: FOUNDLING_JAVA_OPTS
          value: {{ printf "-Xmx%vm -Djava.io.tmpdir=%s %s" $own.memory.heapMi $root.Values.image.temporaryDirectory $root.Values.javaOptions | trim | quote }}
        {{- with include "foundling.extraEnv" $root | trim }}
        {{- . | nindent 8 }}
        {{- end }}
      {{- with $root.Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        {{- range $name, $number := .ports }}
        - name: {{ $name }}
          containerPort: {{ $number }}
        {{- end }}
      livenessProbe:
        httpGet:
          path: /livez
          port: http
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet:
          path: /readyz
          port: http
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 3
      resources:
        requests:
          cpu: {{ $own.cpuRequest | quote }}
          memory: {{ add $own.memory.heapMi $own.memory.restMi }}Mi
        limits:
          memory: {{ add $own.memory.heapMi $own.memory.restMi }}Mi
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        # The directory: what is mounted by subPath never changes while the pod runs.
        - name: config
          mountPath: {{ include "foundling.mountedConfigDirectory" $root }}
          readOnly: true
        - name: temporary
          mountPath: {{ $root.Values.image.temporaryDirectory }}
        {{- if .volume }}
        - name: state
          mountPath: {{ $root.Values.image.stateDirectory }}
        {{- end }}
        {{- if .mappings }}
        - name: mappings
          mountPath: {{ include "foundling.mappingDirectory" $root }}
          readOnly: true
        {{- end }}
        {{- range include "foundling.processSecrets" . | fromJsonArray }}
        - name: secret-{{ . }}
          mountPath: {{ include "foundling.secretDirectory" (dict "root" $root "name" .) }}
          readOnly: true
        {{- end }}
        {{- with $root.Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ include "foundling.name" $root }}
    - name: temporary
      emptyDir:
        sizeLimit: 64Mi
    {{- if .mappings }}
    - name: mappings
      configMap:
        name: {{ include "foundling.processName" . }}-mappings
    {{- end }}
    {{- range include "foundling.processSecrets" . | fromJsonArray }}
    - name: secret-{{ . }}
      secret:
        secretName: {{ . }}
        defaultMode: 0440
    {{- end }}
    {{- with $root.Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* Names every pod, ready or not, for Prometheus. */}}
{{- define "foundling.processProbes" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "foundling.processName" . }}
  labels:
    {{- include "foundling.processLabels" . | nindent 4 }}
    foundling.io/probes: {{ .process }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "foundling.processSelector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .root.Values.image.port }}
      targetPort: http
{{- if .root.Values.monitoring.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "foundling.processName" . }}
  labels:
    {{- include "foundling.processLabels" . | nindent 4 }}
    {{- with .root.Values.monitoring.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  # The label job is foundling-{{ .process }}, whatever the release is called; the alert rules rely on it.
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "foundling.processSelector" . | nindent 6 }}
      foundling.io/probes: {{ .process }}
  endpoints:
    - port: http
      path: /metrics
      interval: {{ .root.Values.monitoring.serviceMonitor.interval }}
{{- end }}
{{- if .root.Values.monitoring.podMonitor.enabled }}
---
{{ include "foundling.podMonitor" (dict
      "root" .root
      "name" (include "foundling.processName" .)
      "labels" (include "foundling.processLabels" .)
      "selector" (include "foundling.processSelector" .)
      "service" (include "foundling.processName" .)) }}
{{- end }}
{{- end }}

{{/* How callers reach a process: a Service of pods that are ready, and an Ingress if asked for. Takes also door, which ends the name of
the Service, and affinity. The port is that of config.console, under the name of the process. */}}
{{- define "foundling.processDoor" -}}
{{- $name := printf "%s-%s" (include "foundling.processName" .) .door -}}
{{- $ingress := (get .root.Values .process).ingress -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels:
    {{- include "foundling.processLabels" . | nindent 4 }}
spec:
  selector:
    {{- include "foundling.processSelector" . | nindent 4 }}
  sessionAffinity: {{ .affinity }}
  ports:
    - name: {{ .process }}
      port: {{ .root.Values.console.port }}
      targetPort: {{ .process }}
{{- if $ingress.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "foundling.processName" . }}
  labels:
    {{- include "foundling.processLabels" . | nindent 4 }}
  {{- with $ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with $ingress.tlsSecret }}
  tls:
    - hosts: [{{ $ingress.host }}]
      secretName: {{ . }}
  {{- end }}
  rules:
    - host: {{ $ingress.host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ $name }}
                port:
                  name: {{ .process }}
{{- end }}
{{- end }}

{{- define "foundling.processPolicy" -}}
{{- $root := .root -}}
{{- $process := .process -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "foundling.processName" . }}
  labels:
    {{- include "foundling.processLabels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "foundling.processSelector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- range $name, $number := .ports }}
    - from:
        - namespaceSelector:
            {{- $namespaces := $root.Values.networkPolicy.ingressNamespaces }}
            {{- if ne $name "http" }}{{ $namespaces = (get $root.Values $process).ingressNamespaces }}{{ end }}
            {{- if $namespaces }}
            matchLabels:
              {{- toYaml $namespaces | nindent 14 }}
            {{- else }} {}
            {{- end }}
      ports:
        - protocol: TCP
          port: {{ $name }}
    {{- end }}
  egress:
    # Names.
    - ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
    # Brokers, registry, and what the process calls besides.
    - ports:
        {{- range concat $root.Values.networkPolicy.egressPorts (get $root.Values .process).egressPorts | uniq }}
        - protocol: TCP
          port: {{ . }}
        {{- end }}
{{- end }}

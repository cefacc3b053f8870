package com.example.board;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record NoticeDraft(@NotBlank @Size(max = 120) String title, @NotBlank @Size(max = 4000) String body) {

}

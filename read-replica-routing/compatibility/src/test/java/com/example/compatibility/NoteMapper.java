package com.example.compatibility;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

@Mapper
public interface NoteMapper {

	@Insert("INSERT INTO note (text) VALUES (#{text})")
	void add(String text);

	@Select("SELECT COUNT(*) FROM note WHERE text = #{text}")
	int count(String text);

}

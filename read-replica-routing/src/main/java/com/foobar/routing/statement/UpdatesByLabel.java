package com.foobar.routing.statement;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * Delegates the methods that update columns by label.
 */
abstract class UpdatesByLabel extends UpdatesByIndex {

	UpdatesByLabel(ResultSet delegate) {
		super(delegate);
	}

	@Override
	public void updateArray(String columnLabel, Array value) throws SQLException {
		this.delegate.updateArray(columnLabel, value);
	}

	@Override
	public void updateAsciiStream(String columnLabel, InputStream value, int length) throws SQLException {
		this.delegate.updateAsciiStream(columnLabel, value, length);
	}

	@Override
	public void updateAsciiStream(String columnLabel, InputStream value, long length) throws SQLException {
		this.delegate.updateAsciiStream(columnLabel, value, length);
	}

	@Override
	public void updateAsciiStream(String columnLabel, InputStream value) throws SQLException {
		this.delegate.updateAsciiStream(columnLabel, value);
	}

	@Override
	public void updateBigDecimal(String columnLabel, BigDecimal value) throws SQLException {
		this.delegate.updateBigDecimal(columnLabel, value);
	}

	@Override
	public void updateBinaryStream(String columnLabel, InputStream value, int length) throws SQLException {
		this.delegate.updateBinaryStream(columnLabel, value, length);
	}

	@Override
	public void updateBinaryStream(String columnLabel, InputStream value, long length) throws SQLException {
		this.delegate.updateBinaryStream(columnLabel, value, length);
	}

	@Override
	public void updateBinaryStream(String columnLabel, InputStream value) throws SQLException {
		this.delegate.updateBinaryStream(columnLabel, value);
	}

	@Override
	public void updateBlob(String columnLabel, InputStream value, long length) throws SQLException {
		this.delegate.updateBlob(columnLabel, value, length);
	}

	@Override
	public void updateBlob(String columnLabel, InputStream value) throws SQLException {
		this.delegate.updateBlob(columnLabel, value);
	}

	@Override
	public void updateBlob(String columnLabel, Blob value) throws SQLException {
		this.delegate.updateBlob(columnLabel, value);
	}

	@Override
	public void updateBoolean(String columnLabel, boolean value) throws SQLException {
		this.delegate.updateBoolean(columnLabel, value);
	}

	@Override
	public void updateByte(String columnLabel, byte value) throws SQLException {
		this.delegate.updateByte(columnLabel, value);
	}

	@Override
	public void updateBytes(String columnLabel, byte[] value) throws SQLException {
		this.delegate.updateBytes(columnLabel, value);
	}

	@Override
	public void updateCharacterStream(String columnLabel, Reader value, int length) throws SQLException {
		this.delegate.updateCharacterStream(columnLabel, value, length);
	}

	@Override
	public void updateCharacterStream(String columnLabel, Reader value, long length) throws SQLException {
		this.delegate.updateCharacterStream(columnLabel, value, length);
	}

	@Override
	public void updateCharacterStream(String columnLabel, Reader value) throws SQLException {
		this.delegate.updateCharacterStream(columnLabel, value);
	}

	@Override
	public void updateClob(String columnLabel, Reader value, long length) throws SQLException {
		this.delegate.updateClob(columnLabel, value, length);
	}

	@Override
	public void updateClob(String columnLabel, Reader value) throws SQLException {
		this.delegate.updateClob(columnLabel, value);
	}

	@Override
	public void updateClob(String columnLabel, Clob value) throws SQLException {
		this.delegate.updateClob(columnLabel, value);
	}

	@Override
	public void updateDate(String columnLabel, Date value) throws SQLException {
		this.delegate.updateDate(columnLabel, value);
	}

	@Override
	public void updateDouble(String columnLabel, double value) throws SQLException {
		this.delegate.updateDouble(columnLabel, value);
	}

	@Override
	public void updateFloat(String columnLabel, float value) throws SQLException {
		this.delegate.updateFloat(columnLabel, value);
	}

	@Override
	public void updateInt(String columnLabel, int value) throws SQLException {
		this.delegate.updateInt(columnLabel, value);
	}

	@Override
	public void updateLong(String columnLabel, long value) throws SQLException {
		this.delegate.updateLong(columnLabel, value);
	}

	@Override
	public void updateNCharacterStream(String columnLabel, Reader value, long length) throws SQLException {
		this.delegate.updateNCharacterStream(columnLabel, value, length);
	}

	@Override
	public void updateNCharacterStream(String columnLabel, Reader value) throws SQLException {
		this.delegate.updateNCharacterStream(columnLabel, value);
	}

	@Override
	public void updateNClob(String columnLabel, Reader value, long length) throws SQLException {
		this.delegate.updateNClob(columnLabel, value, length);
	}

	@Override
	public void updateNClob(String columnLabel, Reader value) throws SQLException {
		this.delegate.updateNClob(columnLabel, value);
	}

	@Override
	public void updateNClob(String columnLabel, NClob value) throws SQLException {
		this.delegate.updateNClob(columnLabel, value);
	}

	@Override
	public void updateNString(String columnLabel, String value) throws SQLException {
		this.delegate.updateNString(columnLabel, value);
	}

	@Override
	public void updateNull(String columnLabel) throws SQLException {
		this.delegate.updateNull(columnLabel);
	}

	@Override
	public void updateObject(String columnLabel, Object value, int scaleOrLength) throws SQLException {
		this.delegate.updateObject(columnLabel, value, scaleOrLength);
	}

	@Override
	public void updateObject(String columnLabel, Object value, SQLType targetType, int scaleOrLength)
			throws SQLException {
		this.delegate.updateObject(columnLabel, value, targetType, scaleOrLength);
	}

	@Override
	public void updateObject(String columnLabel, Object value, SQLType targetType) throws SQLException {
		this.delegate.updateObject(columnLabel, value, targetType);
	}

	@Override
	public void updateObject(String columnLabel, Object value) throws SQLException {
		this.delegate.updateObject(columnLabel, value);
	}

	@Override
	public void updateRef(String columnLabel, Ref value) throws SQLException {
		this.delegate.updateRef(columnLabel, value);
	}

	@Override
	public void updateRowId(String columnLabel, RowId value) throws SQLException {
		this.delegate.updateRowId(columnLabel, value);
	}

	@Override
	public void updateSQLXML(String columnLabel, SQLXML value) throws SQLException {
		this.delegate.updateSQLXML(columnLabel, value);
	}

	@Override
	public void updateShort(String columnLabel, short value) throws SQLException {
		this.delegate.updateShort(columnLabel, value);
	}

	@Override
	public void updateString(String columnLabel, String value) throws SQLException {
		this.delegate.updateString(columnLabel, value);
	}

	@Override
	public void updateTime(String columnLabel, Time value) throws SQLException {
		this.delegate.updateTime(columnLabel, value);
	}

	@Override
	public void updateTimestamp(String columnLabel, Timestamp value) throws SQLException {
		this.delegate.updateTimestamp(columnLabel, value);
	}

}
